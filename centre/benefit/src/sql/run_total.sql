SELECT count(*) FILTER (WHERE state = 'done'), COALESCE(sum(payments), 0)::bigint, COALESCE(sum(amount_fen), 0)::bigint
FROM benefit.payment_run WHERE month = $1
