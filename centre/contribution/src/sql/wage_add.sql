INSERT INTO contribution.wage (person_no, employer_no, from_month, version, wage, base, case_no, actor, recorded_at)
SELECT n.person_no, n.employer_no, n.from_month,
       1 + coalesce((SELECT max(w.version) FROM contribution.wage AS w
                     WHERE w.person_no = n.person_no AND w.employer_no = n.employer_no
                       AND w.from_month = n.from_month), 0),
       n.wage, n.base, $6, $7, $8
FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[])
    AS n(person_no, employer_no, from_month, wage, base)
