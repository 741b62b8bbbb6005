INSERT INTO base.inbox (topic, key, receiver, received_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT inbox_pk DO NOTHING
