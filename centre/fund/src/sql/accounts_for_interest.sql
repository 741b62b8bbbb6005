-- Accounts whose next year is the one asked for, or that had none yet, from a number on.
SELECT a.person_no
FROM fund.account AS a
WHERE a.person_no > $1 AND a.status <> 'closed' AND (a.interest_through IS NULL OR a.interest_through = $2 - 1)
ORDER BY a.person_no
LIMIT $3
