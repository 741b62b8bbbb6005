UPDATE identity.account SET password = $3, password_changed_at = $4, must_change_password = $5
WHERE id = $1 AND password = $2
