SELECT failures, last_failed_at, blocked_until FROM identity.throttle WHERE kind = $1 AND key = $2 FOR UPDATE
