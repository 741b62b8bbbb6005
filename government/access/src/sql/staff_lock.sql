SELECT organisation.path
FROM access.staff
JOIN access.organisation ON organisation.code = staff.organisation
WHERE staff.user_id = $1
FOR UPDATE OF staff
