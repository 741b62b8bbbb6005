UPDATE casework.task SET state = 'CLAIMED', claimed_by = $2, claimed_at = $3
WHERE task_id = $1 AND state = 'OPEN' AND (offered_to = $2 OR offered_to IS NULL)
