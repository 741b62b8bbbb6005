-- Every lane is held: waits for the one with the lowest number.
WITH next AS (
    SELECT lane FROM document.number_sequence
    WHERE prefix = $1 AND year = $2
    ORDER BY last
    LIMIT 1
    FOR UPDATE
)
UPDATE document.number_sequence AS s SET last = s.last + 32
FROM next
WHERE s.prefix = $1 AND s.year = $2 AND s.lane = next.lane
RETURNING s.last
