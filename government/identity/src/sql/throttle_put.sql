INSERT INTO identity.throttle (kind, key, failures, last_failed_at, blocked_until) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (kind, key) DO UPDATE
SET failures = excluded.failures, last_failed_at = excluded.last_failed_at, blocked_until = excluded.blocked_until
