UPDATE casework.task
SET state = CASE WHEN state = 'WAITING' THEN 'WAITING' ELSE 'OPEN' END, offered_to = $2, claimed_by = NULL, claimed_at = NULL
WHERE task_id = $1 AND state IN ('OPEN', 'CLAIMED', 'WAITING')
