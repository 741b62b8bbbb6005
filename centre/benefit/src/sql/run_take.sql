SELECT part FROM benefit.payment_run
WHERE month = $1 AND state = 'open' ORDER BY part LIMIT 1 FOR UPDATE SKIP LOCKED
