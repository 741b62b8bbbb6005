-- Employers that owe anything for the month; failed ones get another try.
INSERT INTO contribution.levy_part (run, employer_no)
SELECT $1, l.employer_no
FROM contribution.liability AS l
WHERE l.from_month <= $2 AND (l.to_month IS NULL OR l.to_month >= $2)
GROUP BY l.employer_no
ORDER BY l.employer_no
ON CONFLICT (run, employer_no) DO UPDATE SET state = 'open' WHERE levy_part.state = 'failed'
