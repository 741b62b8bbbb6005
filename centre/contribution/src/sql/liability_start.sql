INSERT INTO contribution.liability (person_no, employer_no, insurance, from_month, to_month, changed_at)
SELECT n.person_no, n.employer_no, n.insurance, n.from_month, n.to_month, $6
FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::integer[])
    AS n(person_no, employer_no, insurance, from_month, to_month)
ORDER BY n.person_no, n.employer_no, n.insurance
ON CONFLICT (person_no, employer_no, insurance, from_month) DO UPDATE
SET to_month = excluded.to_month, changed_at = excluded.changed_at
