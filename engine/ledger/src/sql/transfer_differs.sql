SELECT t.id
FROM unnest($1::text[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::bigint[], $7::integer[], $8::integer[],
            $9::date[])
    AS i(owner, id, book, debit_account, credit_account, amount, code, period, effective)
JOIN ledger.transfer AS t ON t.owner = i.owner AND t.id = i.id
WHERE t.book <> i.book OR t.debit_account <> i.debit_account OR t.credit_account <> i.credit_account
   OR t.amount <> i.amount OR t.code <> i.code OR t.period <> i.period OR t.effective <> i.effective
LIMIT 1
