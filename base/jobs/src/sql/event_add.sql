INSERT INTO base.outbox (topic, key, payload, created_at, next_at)
VALUES ($1, $2, $3, $4, $4)
