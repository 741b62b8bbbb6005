INSERT INTO access.staff (user_id, name, person_no, organisation, active)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (user_id) DO UPDATE
SET name = excluded.name, person_no = excluded.person_no, organisation = excluded.organisation, active = excluded.active
