SELECT task_id, case_no, node, node_name, role, org_path, actions, four_eyes, state, offered_to, claimed_by, opened_at, due FROM casework.task
WHERE (claimed_by = $1 AND state IN ('CLAIMED', 'WAITING')) OR (offered_to = $1 AND state = 'OPEN')
ORDER BY case_no, task_id
