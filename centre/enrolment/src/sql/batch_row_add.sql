INSERT INTO enrolment.batch_row (employer_no, case_no, row_no, person_no, warning)
SELECT $1, $2, n.row_no, n.person_no, n.warning
FROM unnest($3::integer[], $4::text[], $5::text[]) AS n(row_no, person_no, warning)
