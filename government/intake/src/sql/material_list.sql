SELECT code, file_id, name, media_type, size, sm3, added_at FROM intake.material WHERE draft_id = $1 ORDER BY code, added_at, file_id
