DELETE FROM enrolment.batch_flaw WHERE employer_no = $1 AND case_no = $2
