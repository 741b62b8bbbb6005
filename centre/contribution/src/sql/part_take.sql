SELECT p.employer_no
FROM contribution.levy_part AS p
WHERE p.run = $1 AND p.state = 'open'
ORDER BY p.employer_no
LIMIT 1
FOR UPDATE SKIP LOCKED
