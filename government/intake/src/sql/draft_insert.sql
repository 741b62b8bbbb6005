INSERT INTO intake.draft (draft_id, user_id, item_code, item_version, person_no, employer_no, fields, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
