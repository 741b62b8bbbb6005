SELECT seq, kind, name, sm3, size, reference
FROM archive.component
WHERE record_id = $1
ORDER BY seq
