INSERT INTO benefit.payment_run (month, part, state)
SELECT $1, part, 'open' FROM generate_series(0, 15) AS part
ON CONFLICT (month, part) DO NOTHING
