SELECT file_id FROM document.document WHERE id = $1 FOR UPDATE
