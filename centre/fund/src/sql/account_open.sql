INSERT INTO fund.account (person_no, opened_at, changed_at)
SELECT n.person_no, $2, $2
FROM unnest($1::text[]) AS n(person_no)
WHERE NOT EXISTS (SELECT 1 FROM fund.account AS known WHERE known.person_no = n.person_no)
GROUP BY n.person_no
ORDER BY n.person_no
ON CONFLICT (person_no) DO NOTHING
