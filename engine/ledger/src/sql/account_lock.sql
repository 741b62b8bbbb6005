-- In one order everywhere, so that two batches never wait for each other crosswise.
SELECT a.id
FROM ledger.account AS a
JOIN unnest($1::text[], $2::uuid[]) AS wanted(owner, id) ON a.owner = wanted.owner AND a.id = wanted.id
WHERE a.totals = 'kept'
ORDER BY a.owner, a.id
FOR NO KEY UPDATE OF a
