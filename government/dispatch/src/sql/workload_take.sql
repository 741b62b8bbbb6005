UPDATE dispatch.workload SET open_tasks = open_tasks + 1
WHERE user_id = (
    SELECT user_id FROM dispatch.workload
    WHERE user_id = ANY ($1::uuid[])
    ORDER BY open_tasks, user_id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING user_id
