WITH side AS (
    SELECT t.id, 'debit' AS side, t.amount, t.code, t.period, t.effective, t.reverses, t.case_no, t.reference,
           t.recorded_at
    FROM ledger.transfer AS t
    WHERE t.debit_account = $1
    UNION ALL
    SELECT t.id, 'credit', t.amount, t.code, t.period, t.effective, t.reverses, t.case_no, t.reference, t.recorded_at
    FROM ledger.transfer AS t
    WHERE t.credit_account = $1
)
SELECT s.id, s.side, s.amount, s.code, s.period, s.effective, s.reverses, s.case_no, s.reference, s.recorded_at
FROM side AS s
ORDER BY s.period DESC, s.recorded_at DESC, s.id DESC
LIMIT $2 OFFSET $3
