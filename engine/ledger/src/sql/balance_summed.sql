-- Closed periods from their sums, open ones from the transfers.
WITH asked AS (
    SELECT w.account, coalesce((SELECT max(c.period) FROM ledger.closing AS c
                                WHERE c.book = w.book AND c.totalled), 0) AS through
    FROM unnest($1::uuid[], $2::text[]) AS w(account, book)
), part AS (
    SELECT a.account, p.debits, p.credits
    FROM asked AS a
    JOIN ledger.period_total AS p ON p.account = a.account AND p.period <= a.through
    UNION ALL
    SELECT a.account, t.amount, 0
    FROM asked AS a
    JOIN ledger.transfer AS t ON t.debit_account = a.account AND t.period > a.through
    UNION ALL
    SELECT a.account, 0, t.amount
    FROM asked AS a
    JOIN ledger.transfer AS t ON t.credit_account = a.account AND t.period > a.through
)
SELECT part.account AS id, sum(part.debits)::bigint AS debits, sum(part.credits)::bigint AS credits
FROM part
GROUP BY part.account
