UPDATE casework.task SET state = $2, ended_at = $3, ended_by = $4, ended_how = $5
WHERE task_id = $1 AND state IN ('OPEN', 'CLAIMED', 'WAITING')
