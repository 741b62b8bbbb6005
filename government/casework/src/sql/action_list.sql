SELECT task_id, node, node_name, action, actor, actor_name, organisation, opinion, detail, state_after, at
FROM casework.action WHERE case_no = $1 ORDER BY at, action_id
