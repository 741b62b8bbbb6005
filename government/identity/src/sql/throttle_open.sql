INSERT INTO identity.throttle (kind, key, failures, last_failed_at) VALUES ($1, $2, 0, $3)
ON CONFLICT (kind, key) DO NOTHING
