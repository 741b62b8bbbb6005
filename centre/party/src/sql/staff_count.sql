SELECT count(*)
FROM party.staff AS s
JOIN party.person AS p ON p.person_no = s.person_no
WHERE s.employer_no = $1 AND s.until IS NULL
  AND ($2::text IS NULL OR p.person_no = $2 OR p.id_no = $2 OR left(p.name, char_length($2)) = $2)
