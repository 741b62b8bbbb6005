SELECT id, name, media_type, size, sm3, stored_path, uploaded_by, uploaded_at, purpose
FROM files.file
WHERE id = $1
