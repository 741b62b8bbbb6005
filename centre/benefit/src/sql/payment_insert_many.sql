INSERT INTO benefit.payment (
    person_no, month, kind, award_id, part, amount_fen, account_fen, run_month, reference, paid_at
)
SELECT u.person_no, u.month, u.kind, u.award_id, $9, u.amount_fen, u.account_fen, $8, u.reference, $10
FROM unnest($1::text[], $2::integer[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::text[])
    AS u (person_no, month, kind, award_id, amount_fen, account_fen, reference)
