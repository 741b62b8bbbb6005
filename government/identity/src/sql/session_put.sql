INSERT INTO identity.session (id, digest, account_id, channel, client, opened_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
