INSERT INTO identity.account (
    id, kind, login, name, person_no, employer_no, employer_name, status, must_change_password, password,
    password_changed_at, demo, created_at, created_by
)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9, $10, $11, $10, $12)
