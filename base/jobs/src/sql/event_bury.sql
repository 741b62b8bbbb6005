WITH gone AS (
    DELETE FROM base.outbox
    WHERE id = $1
    RETURNING id, topic, key, payload, created_at, attempts
)
INSERT INTO base.dead_event (id, topic, key, payload, created_at, attempts, last_error, died_at)
SELECT id, topic, key, payload, created_at, attempts + 1, $2, $3
FROM gone
