-- Both sides of every book: totals that account rows keep, plus sums of those that keep none.
WITH side AS (
    SELECT t.book, t.debit_account AS account, t.amount AS debit, 0::bigint AS credit FROM ledger.transfer AS t
    UNION ALL
    SELECT t.book, t.credit_account, 0, t.amount FROM ledger.transfer AS t
), summed AS (
    SELECT s.book, s.debit, s.credit
    FROM side AS s
    JOIN ledger.account AS a ON a.id = s.account AND a.totals = 'summed'
), part AS (
    SELECT a.book, a.debits, a.credits FROM ledger.account AS a WHERE a.totals = 'kept'
    UNION ALL
    SELECT s.book, s.debit, s.credit FROM summed AS s
)
SELECT p.book, coalesce(sum(p.debits), 0)::bigint AS debits, coalesce(sum(p.credits), 0)::bigint AS credits,
       (SELECT count(*) FROM ledger.transfer AS t WHERE t.book = p.book) AS transfers,
       (SELECT coalesce(sum(t.amount), 0)::bigint FROM ledger.transfer AS t WHERE t.book = p.book) AS moved
FROM part AS p
GROUP BY p.book
ORDER BY p.book
