UPDATE contribution.levy_part
SET state = 'done', added = $3, amount = $4, withheld = $5, failure = NULL, done_at = $6
WHERE run = $1 AND employer_no = $2 AND state = 'open'
