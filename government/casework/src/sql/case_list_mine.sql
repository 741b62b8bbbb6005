SELECT case_no, item_code, item_name, state, applicant_name, person_no, employer_no, submitted_at, accepted_at, closed_at,
    promised_due, clock_stopped_at, count(*) OVER () AS total,
    (SELECT string_agg(DISTINCT t.node_name, '、') FROM casework.task AS t
     WHERE t.case_no = c.case_no AND t.state IN ('OPEN', 'CLAIMED', 'WAITING')) AS current_node,
    EXISTS (SELECT 1 FROM casework.rating AS r WHERE r.case_no = c.case_no) AS rated
FROM casework.case_file AS c
WHERE (($1::text IS NOT NULL AND c.employer_no = $1)
        OR ($1::text IS NULL AND (c.person_no = $2 OR c.applicant_user = $3)))
    AND ($4::text IS NULL OR c.state = ANY (string_to_array($4, ',')))
ORDER BY c.submitted_at DESC, c.case_no DESC
LIMIT $5 OFFSET $6
