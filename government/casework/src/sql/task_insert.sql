INSERT INTO casework.task (
    task_id, case_no, node, node_name, role, org_path, actions, four_eyes, state, offered_to, opened_at, due
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'OPEN', $9, $10, $11)
