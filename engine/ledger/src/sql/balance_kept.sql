SELECT a.id, a.debits, a.credits
FROM ledger.account AS a
WHERE a.owner = ANY($1::text[]) AND a.id = ANY($2::uuid[]) AND a.totals = 'kept'
