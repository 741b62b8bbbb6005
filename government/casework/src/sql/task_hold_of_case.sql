UPDATE casework.task SET state = 'WAITING' WHERE case_no = $1 AND state IN ('OPEN', 'CLAIMED')
