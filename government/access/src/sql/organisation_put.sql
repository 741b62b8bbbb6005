-- Rows that did not change are not written, so that every start of every node costs nothing.
INSERT INTO access.organisation AS kept (code, name, level, parent, path, open)
SELECT code, name, level, parent, path, true
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS given (code, name, level, parent, path)
ORDER BY path
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, level = excluded.level, parent = excluded.parent, path = excluded.path, open = true
WHERE (kept.name, kept.level, kept.parent, kept.path, kept.open)
    IS DISTINCT FROM (excluded.name, excluded.level, excluded.parent, excluded.path, true)
