-- $1 path of an organisation, $2 everything below it as a pattern, $3 part of a name or null, $4 rows, $5 rows passed over
SELECT staff.user_id, staff.name, organisation.name, staff.active, count(*) OVER () AS total
FROM access.staff
JOIN access.organisation ON organisation.code = staff.organisation
WHERE (organisation.path = $1 OR organisation.path LIKE $2)
    AND ($3::text IS NULL OR position($3 IN staff.name) > 0)
ORDER BY organisation.path, staff.name, staff.user_id
LIMIT $4 OFFSET $5
