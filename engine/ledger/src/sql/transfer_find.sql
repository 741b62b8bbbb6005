SELECT t.book, t.debit_account, t.credit_account, t.amount, t.code
FROM ledger.transfer AS t
WHERE t.owner = $1 AND t.id = $2
