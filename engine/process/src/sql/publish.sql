WITH put AS (
    INSERT INTO process.definition (definition_id, version, content, digest, published_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (definition_id, version) DO NOTHING
    RETURNING digest
)
SELECT digest FROM put
UNION ALL
SELECT digest FROM process.definition WHERE definition_id = $1 AND version = $2
LIMIT 1
