DELETE FROM identity.session WHERE expires_at < $1
