INSERT INTO archive.component (record_id, seq, kind, name, sm3, size, reference)
VALUES ($1, $2, $3, $4, $5, $6, $7)
