SELECT password FROM identity.former_password WHERE account_id = $1 ORDER BY replaced_at DESC LIMIT $2
