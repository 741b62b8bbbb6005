SELECT c.period
FROM ledger.closing AS c
WHERE c.book = $1 AND NOT c.totalled
ORDER BY c.period DESC
LIMIT 1
FOR UPDATE
