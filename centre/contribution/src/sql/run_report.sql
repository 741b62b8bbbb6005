SELECT r.id, r.month, r.state, r.accept_unconfirmed, r.started_at, r.finished_at,
       count(p.employer_no) AS parts, count(*) FILTER (WHERE p.state = 'open') AS parts_open,
       count(*) FILTER (WHERE p.state = 'failed') AS parts_failed, coalesce(sum(p.added), 0)::bigint AS added,
       coalesce(sum(p.amount), 0)::bigint AS amount,
       coalesce(sum(jsonb_array_length(p.withheld)), 0)::bigint AS withheld
FROM contribution.levy_run AS r
LEFT JOIN contribution.levy_part AS p ON p.run = r.id
WHERE r.id = $1
GROUP BY r.id
