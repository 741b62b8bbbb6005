-- Sums of closed periods that differ from the transfers, or that are missing.
WITH bound AS (
    SELECT c.book, max(c.period) AS through FROM ledger.closing AS c WHERE c.totalled GROUP BY c.book
), side AS (
    SELECT t.debit_account AS account, t.period, t.amount AS debit, 0::bigint AS credit
    FROM ledger.transfer AS t JOIN bound AS b ON b.book = t.book AND t.period <= b.through
    UNION ALL
    SELECT t.credit_account, t.period, 0, t.amount
    FROM ledger.transfer AS t JOIN bound AS b ON b.book = t.book AND t.period <= b.through
), total AS (
    SELECT s.account, s.period, sum(s.debit) AS debits, sum(s.credit) AS credits
    FROM side AS s
    JOIN ledger.account AS a ON a.id = s.account AND a.totals = 'summed'
    GROUP BY s.account, s.period
)
SELECT coalesce(t.account, p.account)::text AS account
FROM total AS t
FULL JOIN ledger.period_total AS p ON p.account = t.account AND p.period = t.period
WHERE p.account IS NULL OR t.account IS NULL OR p.debits <> t.debits OR p.credits <> t.credits
ORDER BY 1
LIMIT 100
