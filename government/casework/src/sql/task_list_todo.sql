-- What was offered to this officer, and what lies in the pool of a role and place the officer holds.
SELECT t.task_id, t.case_no, t.node_name, t.org_path, t.state, t.offered_to, t.claimed_by, t.opened_at, t.due,
    c.item_code, c.item_name, c.applicant_name, c.submitted_at, c.accepted_at, c.promised_due, c.clock_stopped_at, c.state AS case_state,
    count(*) OVER () AS total
FROM casework.task AS t
JOIN casework.case_file AS c ON c.case_no = t.case_no
WHERE t.state = 'OPEN'
    AND (t.offered_to = $1
        OR (t.offered_to IS NULL AND t.role = ANY ($2::text[]) AND (t.org_path = $3 OR t.org_path LIKE $3 || '/%')))
    AND ($4::text IS NULL OR t.case_no = $4 OR c.applicant_name = $4)
    AND ($5::text IS NULL OR c.item_code = $5)
ORDER BY t.due NULLS LAST, t.opened_at, t.task_id
LIMIT $6 OFFSET $7
