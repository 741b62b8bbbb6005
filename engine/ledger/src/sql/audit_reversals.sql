-- Reversals that are not the mirror image of their original.
SELECT r.id::text
FROM ledger.transfer AS r
LEFT JOIN ledger.transfer AS o ON o.owner = r.owner AND o.id = r.reverses
WHERE r.reverses IS NOT NULL
  AND (o.id IS NULL OR o.amount <> r.amount OR o.debit_account <> r.credit_account
       OR o.credit_account <> r.debit_account)
ORDER BY r.id
LIMIT 100
