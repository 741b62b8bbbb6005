SELECT DISTINCT ON (actor, node) actor, node
FROM casework.action
WHERE case_no = $1 AND task_id IS NOT NULL AND action NOT IN ('claim', 'release', 'transfer')
ORDER BY actor, node
