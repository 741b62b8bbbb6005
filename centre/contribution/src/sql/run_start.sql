INSERT INTO contribution.levy_run (id, month, accept_unconfirmed, actor, started_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (month) WHERE state = 'running' DO NOTHING
