-- Rows that meet an active period are left out; the caller learns which went in.
WITH added AS (
    INSERT INTO enrolment.period (person_no, id, insurance, employer_no, start_month, wage_fen, hire_date, contract_type,
                                  contract_end, add_reason, hukou, education, case_no, recorded_at, changed_at)
    SELECT n.person_no, n.id, n.insurance, n.employer_no, n.start_month, n.wage_fen, n.hire_date, n.contract_type,
           n.contract_end, n.add_reason, n.hukou, n.education, $13, $14, $14
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::integer[], $6::bigint[], $7::date[], $8::text[],
                $9::date[], $10::text[], $11::text[], $12::text[])
        AS n(person_no, id, insurance, employer_no, start_month, wage_fen, hire_date, contract_type, contract_end,
             add_reason, hukou, education)
    ORDER BY n.person_no, n.insurance
    ON CONFLICT DO NOTHING
    RETURNING person_no, id, start_month, version
), kept AS (
    INSERT INTO enrolment.change (person_no, period_id, version, action, month, case_no, actor, recorded_at)
    SELECT person_no, id, version, 'enrol', start_month, $13, $15, $14 FROM added
)
SELECT id FROM added
