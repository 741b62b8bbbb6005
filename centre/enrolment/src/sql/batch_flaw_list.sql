SELECT row_no, name, column_key, column_name, value, code, reason, hint
FROM enrolment.batch_flaw
WHERE employer_no = $1 AND case_no = $2
ORDER BY row_no, place
