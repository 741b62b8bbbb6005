WITH input AS (
    SELECT t.owner, t.id, t.book, t.debit_owner, t.debit_account, t.credit_owner, t.credit_account, t.amount,
           t.code, t.period, t.effective, t.reverses, t.case_no, t.reference
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::bigint[],
                $9::integer[], $10::integer[], $11::date[], $12::uuid[], $13::text[], $14::text[])
        AS t(owner, id, book, debit_owner, debit_account, credit_owner, credit_account, amount,
             code, period, effective, reverses, case_no, reference)
), added AS (
    INSERT INTO ledger.transfer (owner, id, book, debit_account, credit_account, amount, code, period, effective,
                                 reverses, case_no, reference, actor, recorded_at)
    SELECT i.owner, i.id, i.book, i.debit_account, i.credit_account, i.amount, i.code, i.period, i.effective,
           i.reverses, i.case_no, i.reference, $15, $16
    FROM input AS i
    ORDER BY i.owner, i.id
    ON CONFLICT (owner, id) DO NOTHING
    RETURNING owner, id, debit_account, credit_account, amount
), posting AS (
    SELECT i.debit_owner AS owner, a.debit_account AS account, a.amount AS debit, 0 AS credit
    FROM added AS a JOIN input AS i ON i.owner = a.owner AND i.id = a.id
    UNION ALL
    SELECT i.credit_owner, a.credit_account, 0, a.amount
    FROM added AS a JOIN input AS i ON i.owner = a.owner AND i.id = a.id
), moved AS (
    SELECT p.owner, p.account, sum(p.debit)::bigint AS debit, sum(p.credit)::bigint AS credit
    FROM posting AS p
    GROUP BY p.owner, p.account
), kept AS (
    UPDATE ledger.account AS a
    SET debits = a.debits + m.debit, credits = a.credits + m.credit
    FROM moved AS m
    WHERE a.owner = m.owner AND a.id = m.account AND a.totals = 'kept'
    RETURNING a.id
)
SELECT (SELECT count(*) FROM added) AS added,
       (SELECT coalesce(sum(amount), 0)::bigint FROM added) AS amount,
       (SELECT coalesce(sum(debit), 0)::bigint FROM moved) AS debit,
       (SELECT coalesce(sum(credit), 0)::bigint FROM moved) AS credit,
       (SELECT count(*) FROM moved) AS accounts,
       (SELECT count(*) FROM kept) AS kept
