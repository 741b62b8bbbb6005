SELECT row_no, person_no, warning FROM enrolment.batch_row WHERE employer_no = $1 AND case_no = $2 ORDER BY row_no
