SELECT case_no FROM enrolment.batch
WHERE employer_no = $1 AND sm3 = $2 AND state <> 'released' AND ($3::text IS NULL OR case_no <> $3)
ORDER BY submitted_at
LIMIT 1
