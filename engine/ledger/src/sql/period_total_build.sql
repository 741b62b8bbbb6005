-- Closed periods take no more postings, so these sums are final.
WITH side AS (
    SELECT t.debit_account AS account, t.period, t.amount AS debit, 0::bigint AS credit
    FROM ledger.transfer AS t
    WHERE t.book = $1 AND t.period <= $2
    UNION ALL
    SELECT t.credit_account, t.period, 0, t.amount
    FROM ledger.transfer AS t
    WHERE t.book = $1 AND t.period <= $2
)
INSERT INTO ledger.period_total (account, period, book, debits, credits)
SELECT s.account, s.period, $1, sum(s.debit)::bigint, sum(s.credit)::bigint
FROM side AS s
JOIN ledger.account AS a ON a.id = s.account AND a.totals = 'summed'
WHERE s.period > coalesce((SELECT max(c.period) FROM ledger.closing AS c WHERE c.book = $1 AND c.totalled), 0)
GROUP BY s.account, s.period
