SELECT t.id::text
FROM ledger.transfer AS t
LEFT JOIN ledger.account AS d ON d.id = t.debit_account AND d.book = t.book
LEFT JOIN ledger.account AS c ON c.id = t.credit_account AND c.book = t.book
WHERE d.id IS NULL OR c.id IS NULL
ORDER BY t.id
LIMIT 100
