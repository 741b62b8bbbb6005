INSERT INTO enrolment.batch_flaw (employer_no, case_no, row_no, place, name, column_key, column_name, value, code, reason, hint)
SELECT $1, $2, n.row_no, n.place, n.name, n.column_key, n.column_name, n.value, n.code, n.reason, n.hint
FROM unnest($3::integer[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
    AS n(row_no, place, name, column_key, column_name, value, code, reason, hint)
