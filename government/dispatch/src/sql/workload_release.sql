UPDATE dispatch.workload SET open_tasks = GREATEST(open_tasks - 1, 0) WHERE user_id = $1
