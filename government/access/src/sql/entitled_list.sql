-- $1 role, $2 codes of the place of work and of all organisations above it, $3 today
SELECT DISTINCT ON (staff.user_id) staff.user_id, staff.name, staff.person_no, organisation.code
FROM access.role_grant
JOIN access.organisation ON organisation.code = role_grant.organisation AND organisation.open
JOIN access.staff ON staff.user_id = role_grant.user_id AND staff.active
WHERE role_grant.role = $1
  AND role_grant.organisation = ANY ($2)
  AND role_grant.revoked_at IS NULL
  AND role_grant.valid_from <= $3
  AND (role_grant.valid_to IS NULL OR role_grant.valid_to >= $3)
ORDER BY staff.user_id, length(organisation.path) DESC
