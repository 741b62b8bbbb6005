INSERT INTO access.role_grant (id, user_id, role, organisation, valid_from, valid_to, granted_by, granted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
