SELECT s.since, p.person_no, p.name, p.id_type, p.id_no, p.birth, p.sex, p.hukou, p.mobile, p.address, p.area, p.category,
       p.category_basis, p.archive_birth, p.first_work_date, p.receiving_from, p.status, p.version
FROM party.staff AS s
JOIN party.person AS p ON p.person_no = s.person_no
WHERE s.employer_no = $1 AND s.until IS NULL
  AND ($2::text IS NULL OR p.person_no = $2 OR p.id_no = $2 OR left(p.name, char_length($2)) = $2)
ORDER BY p.person_no
LIMIT $3 OFFSET $4
