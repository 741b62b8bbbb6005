SELECT
    (SELECT count(*) FROM base.outbox),
    (SELECT count(*) FROM base.dead_event),
    (SELECT coalesce(extract(epoch FROM $1 - min(created_at)), 0)::double precision FROM base.outbox),
    (SELECT count(*) FROM queue._private_jobs WHERE is_available),
    (SELECT count(*) FROM queue._private_jobs WHERE locked_at IS NULL AND attempts >= max_attempts)
