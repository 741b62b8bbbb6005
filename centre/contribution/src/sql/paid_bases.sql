-- One record a month: the pension insurance knows no second employer.
SELECT r.month, r.base
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.insurance = '110' AND r.status = 'paid'
ORDER BY r.month
