INSERT INTO casework.action (
    action_id, case_no, task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
