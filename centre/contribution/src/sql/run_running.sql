SELECT r.id, r.accept_unconfirmed FROM contribution.levy_run AS r WHERE r.month = $1 AND r.state = 'running' FOR UPDATE
