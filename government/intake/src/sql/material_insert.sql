INSERT INTO intake.material (draft_id, code, file_id, name, media_type, size, sm3, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (draft_id, code, file_id) DO NOTHING
