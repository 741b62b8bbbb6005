SELECT count(*) FROM enrolment.certificate WHERE person_no = $1 AND issued_at >= $2 AND issued_at < $3
