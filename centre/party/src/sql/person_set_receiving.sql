UPDATE party.person
SET receiving_from = $3, version = version + 1, changed_at = $4
WHERE person_no = $1 AND version = $2
