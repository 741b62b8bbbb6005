INSERT INTO party.person_history (person_no, version, action, before, after, basis, case_no, actor, recorded_at)
SELECT n.person_no, n.version, $3, n.before, n.after, $6, $7, $8, $9
FROM unnest($1::text[], $2::integer[], $4::jsonb[], $5::jsonb[]) AS n(person_no, version, before, after)
