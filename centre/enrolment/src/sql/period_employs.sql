SELECT EXISTS (SELECT 1 FROM enrolment.period WHERE person_no = $2 AND employer_no = $1 AND status = 'active')
