UPDATE archive.component
SET sm3 = $3, size = $4
WHERE record_id = $1 AND seq = $2 AND sm3 IS NULL
