UPDATE casework.task SET state = CASE WHEN claimed_by IS NULL THEN 'OPEN' ELSE 'CLAIMED' END
WHERE case_no = $1 AND state = 'WAITING'
