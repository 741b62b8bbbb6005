UPDATE contribution.levy_part
SET state = 'failed', failure = $3, done_at = $4
WHERE run = $1 AND employer_no = $2 AND state = 'open'
