INSERT INTO identity.event (id, at, what, account_id, actor_id, client, channel, request_id, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
