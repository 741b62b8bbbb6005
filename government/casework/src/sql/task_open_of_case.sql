SELECT task_id, case_no, node, node_name, role, org_path, actions, four_eyes, state, offered_to, claimed_by, opened_at, due FROM casework.task
WHERE case_no = $1 AND state IN ('OPEN', 'CLAIMED', 'WAITING') ORDER BY opened_at
