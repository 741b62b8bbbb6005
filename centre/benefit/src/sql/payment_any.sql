SELECT EXISTS (SELECT 1 FROM benefit.payment WHERE person_no = $1 AND award_id = $2)
