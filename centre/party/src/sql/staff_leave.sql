UPDATE party.staff AS s
SET until = greatest(n.until, s.since), changed_at = $4
FROM unnest($2::text[], $3::date[]) AS n(person_no, until)
WHERE s.employer_no = $1 AND s.person_no = n.person_no AND s.until IS NULL
