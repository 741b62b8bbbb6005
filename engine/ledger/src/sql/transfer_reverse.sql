-- The mirror image of the original. The accounts exist already; their totals follow in the same statement.
WITH original AS (
    SELECT t.owner, t.id, t.book, t.debit_account, t.credit_account, t.amount
    FROM ledger.transfer AS t
    WHERE t.owner = $1 AND t.id = $2
), added AS (
    INSERT INTO ledger.transfer (owner, id, book, debit_account, credit_account, amount, code, period, effective,
                                 reverses, case_no, reference, actor, recorded_at)
    SELECT o.owner, $3, o.book, o.credit_account, o.debit_account, o.amount, $4, $5, $6, o.id, $7, $8, $9, $10
    FROM original AS o
    RETURNING debit_account, credit_account, amount
), debited AS (
    UPDATE ledger.account AS a SET debits = a.debits + n.amount
    FROM added AS n
    WHERE a.id = n.debit_account AND a.totals = 'kept'
    RETURNING a.id
), credited AS (
    UPDATE ledger.account AS a SET credits = a.credits + n.amount
    FROM added AS n
    WHERE a.id = n.credit_account AND a.totals = 'kept'
    RETURNING a.id
)
SELECT (SELECT count(*) FROM added) AS added,
       (SELECT count(*) FROM debited) + (SELECT count(*) FROM credited) AS kept
