SELECT
    (SELECT count(*) FROM base.outbox),
    (SELECT count(*) FROM base.dead_event),
    (SELECT count(*) FROM queue._private_jobs WHERE attempts < max_attempts)
