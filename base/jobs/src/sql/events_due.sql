SELECT id, topic, key, payload, created_at, attempts
FROM base.outbox
WHERE next_at <= $1
ORDER BY next_at, id
LIMIT $2
FOR UPDATE SKIP LOCKED
