SELECT DISTINCT ON (code) code, status, reason, author_name, changed_at
FROM item.status_change
WHERE $1::text IS NULL OR code = $1
ORDER BY code, seq DESC
