-- $1 user, $2 today
SELECT role, organisation, valid_to
FROM access.role_grant
WHERE user_id = $1 AND revoked_at IS NULL AND (valid_to IS NULL OR valid_to >= $2)
ORDER BY role, organisation
