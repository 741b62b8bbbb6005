WITH gone AS (
    DELETE FROM base.dead_event
    WHERE id = $1
    RETURNING topic, key, payload, created_at
)
INSERT INTO base.outbox (topic, key, payload, created_at, next_at)
SELECT topic, key, payload, created_at, $2
FROM gone
