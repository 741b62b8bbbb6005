SELECT a.id
FROM ledger.account AS a
WHERE a.id = ANY($1::uuid[]) AND a.totals = 'kept'
ORDER BY a.owner, a.id
FOR NO KEY UPDATE OF a
