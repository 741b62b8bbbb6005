UPDATE message.message AS m
SET read_at = $3, read_by = $4
FROM message.message AS chosen
WHERE chosen.recipient = ANY ($1) AND chosen.id = $2
  AND m.recipient = ANY ($1) AND m.event_key = chosen.event_key AND m.read_at IS NULL
