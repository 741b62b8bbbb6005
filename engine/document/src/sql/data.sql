SELECT data FROM document.document WHERE id = $1
