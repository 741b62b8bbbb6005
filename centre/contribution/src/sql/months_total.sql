SELECT r.insurance, count(DISTINCT r.month), min(r.month), max(r.month)
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.status = 'paid'
GROUP BY r.insurance
ORDER BY r.insurance
