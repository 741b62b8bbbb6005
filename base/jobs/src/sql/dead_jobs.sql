SELECT id, payload ->> 'job', attempts::integer, coalesce(last_error, ''), updated_at
FROM queue._private_jobs
WHERE locked_at IS NULL AND attempts >= max_attempts
ORDER BY updated_at DESC, id
LIMIT $1
