UPDATE access.role_grant SET revoked_by = $4, revoked_at = $5
WHERE user_id = $1 AND role = $2 AND organisation = $3 AND revoked_at IS NULL
