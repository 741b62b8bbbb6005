SELECT count(*)
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.insurance = '110' AND r.status = 'paid'
