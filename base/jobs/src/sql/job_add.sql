SELECT id
FROM queue.add_job(
    'renshe',
    $1::text::json,
    queue_name => $2,
    run_at => $3,
    max_attempts => $4,
    job_key => $5,
    priority => $6
)
