UPDATE casework.task SET state = 'OPEN', claimed_by = NULL, claimed_at = NULL
WHERE task_id = $1 AND state = 'CLAIMED' AND claimed_by = $2
