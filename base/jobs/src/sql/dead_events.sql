SELECT id, topic, key, attempts, last_error, died_at
FROM base.dead_event
ORDER BY died_at DESC, id
LIMIT $1
