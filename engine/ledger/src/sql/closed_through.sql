SELECT c.book, max(c.period) AS through
FROM ledger.closing AS c
WHERE c.book = ANY($1::text[])
GROUP BY c.book
