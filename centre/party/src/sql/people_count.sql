SELECT count(*)
FROM party.person AS p
WHERE p.status = 'active'
  AND ($1::text IS NULL OR p.person_no = $1 OR p.id_no = $1 OR left(p.name, char_length($1)) = $1)
  AND ($2::text IS NULL OR p.person_no = $2)
  AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM party.staff AS s
                                   WHERE s.employer_no = $3 AND s.person_no = p.person_no AND s.until IS NULL))
  AND ($4::text IS NULL OR p.area = $4 OR left(p.area, char_length($4) + 1) = $4 || '/')
