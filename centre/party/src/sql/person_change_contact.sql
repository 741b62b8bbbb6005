UPDATE party.person
SET mobile = coalesce($3, mobile), address = coalesce($4, address), version = version + 1, changed_at = $5
WHERE person_no = $1 AND version = $2
