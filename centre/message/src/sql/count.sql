SELECT count(DISTINCT event_key)
FROM message.message
WHERE recipient = ANY ($1) AND (NOT $2 OR read_at IS NULL)
