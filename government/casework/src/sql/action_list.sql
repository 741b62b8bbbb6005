SELECT node, node_name, action, actor_name, organisation, opinion, at
FROM casework.action WHERE case_no = $1 ORDER BY at, action_id
