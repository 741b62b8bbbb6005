UPDATE archive.record SET checks = $2, complete = $3 WHERE id = $1
