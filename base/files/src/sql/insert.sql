INSERT INTO files.file (id, name, media_type, size, sm3, stored_path, uploaded_by, uploaded_at, purpose)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
