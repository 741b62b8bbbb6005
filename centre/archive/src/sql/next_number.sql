INSERT INTO archive.number_sequence AS s (prefix, last)
VALUES ($1, 1)
ON CONFLICT (prefix) DO UPDATE SET last = s.last + 1
RETURNING last
