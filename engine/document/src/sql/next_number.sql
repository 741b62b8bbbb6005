INSERT INTO document.number_sequence AS s (prefix, year, last)
VALUES ($1, $2, 1)
ON CONFLICT (prefix, year) DO UPDATE SET last = s.last + 1
RETURNING last
