INSERT INTO ledger.closing (book, period, closed_at, actor)
VALUES ($1, $2, $3, $4)
ON CONFLICT (book, period) DO NOTHING
