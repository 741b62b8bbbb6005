-- Every part reads through an index of open work, or of what this officer ended: history does not slow it down.
WITH offered AS (
    SELECT due FROM casework.task WHERE offered_to = $1 AND state = 'OPEN'
),
held AS (
    SELECT due, state FROM casework.task WHERE claimed_by = $1 AND state IN ('CLAIMED', 'WAITING')
),
running AS (
    SELECT due FROM offered UNION ALL SELECT due FROM held WHERE state = 'CLAIMED'
)
SELECT
    (SELECT count(*) FROM offered)
        + (SELECT count(*) FROM casework.task
           WHERE state = 'OPEN' AND offered_to IS NULL AND role = ANY ($2::text[])
               AND (org_path = $3 OR org_path LIKE $3 || '/%')) AS todo,
    (SELECT count(*) FROM held) AS claimed,
    (SELECT count(*) FROM casework.task WHERE ended_by = $1 AND state = 'DONE' AND ended_at >= $4) AS done_today,
    (SELECT count(*) FROM running WHERE due = $5) AS due_today,
    (SELECT count(*) FROM running WHERE due < $5) AS overdue
