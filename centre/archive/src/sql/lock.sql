SELECT id FROM archive.record WHERE id = $1 FOR UPDATE
