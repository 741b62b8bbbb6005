SELECT r.month, r.insurance, r.employer_no, r.employer_fen + r.personal_fen AS amount
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.status = 'due' AND r.month < $2
ORDER BY r.month, r.insurance, r.employer_no
