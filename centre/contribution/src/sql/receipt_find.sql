SELECT r.id, r.receivables, r.amount
FROM contribution.receipt AS r
WHERE r.employer_no = $1 AND r.month = $2 AND r.reference = $3
