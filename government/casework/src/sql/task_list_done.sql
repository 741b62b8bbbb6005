SELECT t.task_id, t.case_no, t.node_name, t.org_path, t.state, t.offered_to, t.claimed_by, t.opened_at, t.due,
    c.item_code, c.item_name, c.applicant_name, c.submitted_at, c.accepted_at, c.promised_due, c.clock_stopped_at, c.state AS case_state,
    count(*) OVER () AS total
FROM casework.task AS t
JOIN casework.case_file AS c ON c.case_no = t.case_no
WHERE t.ended_by = $1 AND t.state = 'DONE'
    AND ($2::text IS NULL OR t.case_no = $2 OR c.applicant_name = $2)
    AND ($3::text IS NULL OR c.item_code = $3)
ORDER BY t.ended_at DESC, t.task_id
LIMIT $4 OFFSET $5
