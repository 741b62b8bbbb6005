-- $1 officers
SELECT officer, count(*) FROM (
    SELECT coalesce(claimed_by, offered_to) AS officer FROM casework.task
    WHERE state IN ('OPEN', 'CLAIMED', 'WAITING') AND coalesce(claimed_by, offered_to) = ANY ($1)
) AS held
GROUP BY officer
