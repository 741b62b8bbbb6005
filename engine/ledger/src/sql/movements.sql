WITH side AS (
    SELECT t.period, t.code, t.amount AS debit, 0::bigint AS credit
    FROM ledger.transfer AS t
    WHERE t.debit_account = $1
    UNION ALL
    SELECT t.period, t.code, 0, t.amount
    FROM ledger.transfer AS t
    WHERE t.credit_account = $1
)
SELECT s.period, s.code, sum(s.debit)::bigint AS debits, sum(s.credit)::bigint AS credits
FROM side AS s
GROUP BY s.period, s.code
ORDER BY s.period, s.code
