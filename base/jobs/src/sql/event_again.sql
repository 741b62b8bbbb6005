UPDATE base.outbox
SET attempts = attempts + 1, next_at = $2, last_error = $3
WHERE id = $1
