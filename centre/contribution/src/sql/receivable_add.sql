INSERT INTO contribution.receivable (person_no, insurance, month, employer_no, wage, base, employer_fen, personal_fen,
                                     account_fen, source, unconfirmed, run, recorded_at)
SELECT n.person_no, n.insurance, n.month, $1, n.wage, n.base, n.employer_fen, n.personal_fen, n.account_fen, $10,
       CASE WHEN n.unconfirmed <> '' THEN string_to_array(n.unconfirmed, ',') END, $12, $13
FROM unnest($2::text[], $3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $11::text[])
    AS n(person_no, insurance, month, wage, base, employer_fen, personal_fen, account_fen, unconfirmed)
ORDER BY n.person_no, n.insurance, n.month
ON CONFLICT (person_no, insurance, month, employer_no) DO UPDATE
SET wage = excluded.wage, base = excluded.base, employer_fen = excluded.employer_fen,
    personal_fen = excluded.personal_fen, account_fen = excluded.account_fen, status = 'due', source = excluded.source,
    unconfirmed = excluded.unconfirmed, run = excluded.run, recorded_at = excluded.recorded_at
WHERE receivable.status = 'cancelled'
RETURNING person_no, insurance, month, employer_fen, personal_fen, account_fen
