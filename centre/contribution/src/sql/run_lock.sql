SELECT r.id FROM contribution.levy_run AS r WHERE r.id = $1 FOR UPDATE
