DELETE FROM identity.throttle WHERE last_failed_at < $1 AND (blocked_until IS NULL OR blocked_until < $1)
