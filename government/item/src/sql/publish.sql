INSERT INTO item.version (code, version, file, source, digest, published_at)
SELECT code, version, file, source, digest, $6
FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[]) AS fresh (code, version, file, source, digest)
ON CONFLICT (code, version) DO NOTHING
