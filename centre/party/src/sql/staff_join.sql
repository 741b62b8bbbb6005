-- Coming back opens the same row again; the periods themselves are enrolment's.
INSERT INTO party.staff (employer_no, person_no, since, changed_at)
SELECT $1, n.person_no, n.since, $4
FROM unnest($2::text[], $3::date[]) AS n(person_no, since)
ORDER BY n.person_no
ON CONFLICT (employer_no, person_no) DO UPDATE
SET since = CASE WHEN staff.until IS NULL THEN least(staff.since, excluded.since) ELSE excluded.since END,
    until = NULL, changed_at = excluded.changed_at
