-- Owed for the month and not billed yet; `elsewhere` when another employer billed the same month already.
SELECT l.person_no, l.insurance,
       (SELECT w.wage FROM contribution.wage AS w
        WHERE w.person_no = l.person_no AND w.employer_no = $1 AND w.from_month <= $2 AND w.superseded_at IS NULL
        ORDER BY w.from_month DESC LIMIT 1) AS wage,
       EXISTS (SELECT 1 FROM contribution.receivable AS r
               WHERE r.person_no = l.person_no AND r.insurance = l.insurance AND r.month = $2
                 AND l.insurance <> '410' AND r.employer_no <> $1 AND r.status <> 'cancelled') AS elsewhere
FROM contribution.liability AS l
WHERE l.employer_no = $1 AND l.from_month <= $2 AND (l.to_month IS NULL OR l.to_month >= $2)
  AND NOT EXISTS (SELECT 1 FROM contribution.receivable AS r
                  WHERE r.person_no = l.person_no AND r.insurance = l.insurance AND r.month = $2
                    AND r.employer_no = $1 AND r.status <> 'cancelled')
GROUP BY l.person_no, l.insurance
ORDER BY l.person_no, l.insurance
