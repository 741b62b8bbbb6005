DELETE FROM files.file WHERE id = $1
