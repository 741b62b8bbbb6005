UPDATE contribution.liability AS l
SET to_month = n.to_month, changed_at = $5
FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS n(person_no, employer_no, insurance, to_month)
WHERE l.person_no = n.person_no AND l.employer_no = n.employer_no AND l.insurance = n.insurance
  AND (l.to_month IS NULL OR l.to_month > n.to_month)
