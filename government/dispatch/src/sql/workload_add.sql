INSERT INTO dispatch.workload (user_id, open_tasks) VALUES ($1, GREATEST($2, 0))
ON CONFLICT (user_id) DO UPDATE SET open_tasks = dispatch.workload.open_tasks + $2
