UPDATE contribution.wage AS w
SET superseded_at = $4
FROM unnest($1::text[], $2::text[], $3::integer[]) AS n(person_no, employer_no, from_month)
WHERE w.person_no = n.person_no AND w.employer_no = n.employer_no AND w.from_month = n.from_month
  AND w.superseded_at IS NULL
