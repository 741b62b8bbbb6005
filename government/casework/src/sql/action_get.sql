SELECT case_no, task_id, action, actor, state_after FROM casework.action WHERE action_id = $1
