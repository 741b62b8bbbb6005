UPDATE identity.session SET ended_at = $3, ended_why = $4
WHERE account_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id <> $2)
