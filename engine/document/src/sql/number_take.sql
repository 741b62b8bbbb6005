-- The lowest number whose lane no other step holds.
WITH free AS (
    SELECT lane FROM document.number_sequence
    WHERE prefix = $1 AND year = $2
    ORDER BY last
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
UPDATE document.number_sequence AS s SET last = s.last + 32
FROM free
WHERE s.prefix = $1 AND s.year = $2 AND s.lane = free.lane
RETURNING s.last
