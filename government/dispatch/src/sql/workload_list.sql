SELECT u.user_id, w.open_tasks
FROM unnest($1::uuid[]) AS u (user_id)
LEFT JOIN dispatch.workload AS w ON w.user_id = u.user_id
ORDER BY w.open_tasks NULLS FIRST, u.user_id
