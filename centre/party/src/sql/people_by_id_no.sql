SELECT p.person_no, p.name, p.id_type, p.id_no, p.birth, p.sex, p.hukou, p.mobile, p.address, p.area, p.category,
       p.category_basis, p.archive_birth, p.first_work_date, p.receiving_from, p.status, p.version
FROM party.person AS p
WHERE p.id_type = $1 AND p.id_no = ANY($2::text[]) AND p.status = 'active'
  AND ($3::text IS NULL OR p.person_no = $3)
  AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM party.staff AS s
                                   WHERE s.employer_no = $4 AND s.person_no = p.person_no AND s.until IS NULL))
  AND ($5::text IS NULL OR p.area = $5 OR left(p.area, char_length($5) + 1) = $5 || '/')
ORDER BY p.person_no
