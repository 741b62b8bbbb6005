UPDATE party.person
SET category = $3, category_basis = $4, archive_birth = coalesce($5, archive_birth),
    first_work_date = coalesce($6, first_work_date), version = version + 1, changed_at = $7
WHERE person_no = $1 AND version = $2
