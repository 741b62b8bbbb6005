-- Nothing is inserted when the definition is not published with this digest.
WITH created AS (
    INSERT INTO process.instance
        (instance_id, definition_id, version, business_key, state, tokens, row_version, started_at, changed_at)
    SELECT $1, definition_id, version, $5, $6, $7, jsonb_array_length($8), $10, $10
    FROM process.definition
    WHERE definition_id = $2 AND version = $3 AND digest = $4
    RETURNING instance_id
)
INSERT INTO process.event (instance_id, seq, event, actor, at)
SELECT created.instance_id, happened.seq, happened.event, $9, $10
FROM created, jsonb_array_elements($8) WITH ORDINALITY AS happened (event, seq)
