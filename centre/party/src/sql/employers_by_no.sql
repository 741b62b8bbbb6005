SELECT e.employer_no, e.uscc, e.name, e.area, e.industry, e.injury_class, e.operator_name, e.operator_mobile, e.status,
       e.version, e.registered_at
FROM party.employer AS e
WHERE e.employer_no = ANY($1::text[])
  AND ($2::text IS NULL OR e.employer_no = $2)
  AND ($3::text IS NULL OR e.area = $3 OR left(e.area, char_length($3) + 1) = $3 || '/')
ORDER BY e.employer_no
