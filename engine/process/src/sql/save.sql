-- Nothing is changed when another step came between.
WITH saved AS (
    UPDATE process.instance
    SET state = $3, tokens = $4, row_version = row_version + jsonb_array_length($5), changed_at = $7
    WHERE instance_id = $1 AND row_version = $2
    RETURNING instance_id
)
INSERT INTO process.event (instance_id, seq, event, actor, at)
SELECT saved.instance_id, $2 + happened.seq, happened.event, $6, $7
FROM saved, jsonb_array_elements($5) WITH ORDINALITY AS happened (event, seq)
