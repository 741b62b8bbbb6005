DELETE FROM identity.throttle WHERE kind = $1 AND key = $2
