UPDATE party.person
SET name = $3, id_no = $4, birth = $5, sex = $6, archive_birth = coalesce($7, archive_birth),
    category = CASE WHEN $6 = sex THEN category END, version = version + 1, changed_at = $8
WHERE person_no = $1 AND version = $2
