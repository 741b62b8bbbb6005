SELECT s.employer_no FROM party.staff AS s WHERE s.person_no = $1 AND s.until IS NULL ORDER BY s.since DESC, s.employer_no
