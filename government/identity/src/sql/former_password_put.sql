INSERT INTO identity.former_password (account_id, replaced_at, password) VALUES ($1, $2, $3)
ON CONFLICT (account_id, replaced_at) DO NOTHING
