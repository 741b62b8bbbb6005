UPDATE identity.account SET last_sign_in_at = $2, password = coalesce($3, password) WHERE id = $1
