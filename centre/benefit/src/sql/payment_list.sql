SELECT month, kind, amount_fen, run_month, paid_at, count(*) OVER () AS total
FROM benefit.payment WHERE person_no = $1 ORDER BY month DESC, kind LIMIT $2 OFFSET $3
