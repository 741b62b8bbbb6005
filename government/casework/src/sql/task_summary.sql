SELECT
    (SELECT count(*) FROM casework.task
     WHERE state = 'OPEN' AND (offered_to = $1
        OR (offered_to IS NULL AND role = ANY ($2::text[]) AND (org_path = $3 OR org_path LIKE $3 || '/%')))) AS todo,
    (SELECT count(*) FROM casework.task WHERE claimed_by = $1 AND state IN ('CLAIMED', 'WAITING')) AS claimed,
    (SELECT count(*) FROM casework.task WHERE ended_by = $1 AND state = 'DONE' AND ended_at >= $4) AS done_today,
    (SELECT count(*) FROM casework.task
     WHERE (claimed_by = $1 OR offered_to = $1) AND state IN ('OPEN', 'CLAIMED') AND due = $5) AS due_today,
    (SELECT count(*) FROM casework.task
     WHERE (claimed_by = $1 OR offered_to = $1) AND state IN ('OPEN', 'CLAIMED') AND due < $5) AS overdue
