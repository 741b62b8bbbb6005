DELETE FROM enrolment.batch_row WHERE employer_no = $1 AND case_no = $2
