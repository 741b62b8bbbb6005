-- Kept totals that differ from the sum of the account's transfers.
WITH side AS (
    SELECT t.debit_account AS account, t.amount AS debit, 0::bigint AS credit FROM ledger.transfer AS t
    UNION ALL
    SELECT t.credit_account, 0, t.amount FROM ledger.transfer AS t
), total AS (
    SELECT s.account, sum(s.debit) AS debits, sum(s.credit) AS credits FROM side AS s GROUP BY s.account
)
SELECT a.id::text
FROM ledger.account AS a
LEFT JOIN total AS t ON t.account = a.id
WHERE a.totals = 'kept' AND (a.debits <> coalesce(t.debits, 0) OR a.credits <> coalesce(t.credits, 0))
ORDER BY a.id
LIMIT 100
