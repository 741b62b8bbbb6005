-- The last worker ends the run; while others still hold parts there are open ones.
UPDATE contribution.levy_run
SET state = 'done', finished_at = $2
WHERE id = $1 AND state = 'running'
  AND NOT EXISTS (SELECT 1 FROM contribution.levy_part AS p WHERE p.run = $1 AND p.state = 'open')
