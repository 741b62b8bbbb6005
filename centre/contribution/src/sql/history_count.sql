SELECT count(*)
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.status <> 'cancelled'
  AND ($2::integer IS NULL OR r.month >= $2)
  AND ($3::integer IS NULL OR r.month <= $3)
  AND ($4::text[] IS NULL OR r.insurance = ANY($4))
