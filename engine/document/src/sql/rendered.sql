UPDATE document.document
SET sm3 = $2, file_id = $3, rendered_at = $4, template_digest = $5
WHERE id = $1 AND file_id IS NULL
