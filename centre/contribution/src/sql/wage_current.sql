SELECT DISTINCT ON (w.person_no) w.person_no, w.wage
FROM contribution.wage AS w
WHERE w.employer_no = $1 AND w.person_no = ANY($2::text[]) AND w.from_month <= $3 AND w.superseded_at IS NULL
ORDER BY w.person_no, w.from_month DESC
