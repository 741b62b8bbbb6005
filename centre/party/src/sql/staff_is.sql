SELECT EXISTS (SELECT 1 FROM party.staff AS s
               WHERE s.employer_no = $1 AND s.person_no = $2 AND s.until IS NULL)
