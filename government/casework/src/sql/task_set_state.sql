UPDATE casework.task SET state = $2 WHERE task_id = $1 AND state IN ('OPEN', 'CLAIMED', 'WAITING')
