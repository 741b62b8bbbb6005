SELECT r.month, r.insurance, r.employer_no, r.wage, r.base, r.employer_fen, r.personal_fen, r.account_fen, r.status,
       r.source, r.unconfirmed, r.settled_on
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.status <> 'cancelled'
  AND ($2::integer IS NULL OR r.month >= $2)
  AND ($3::integer IS NULL OR r.month <= $3)
  AND ($4::text[] IS NULL OR r.insurance = ANY($4))
ORDER BY r.month DESC, r.insurance, r.employer_no
LIMIT $5 OFFSET $6
