SELECT id FROM queue.reschedule_jobs(ARRAY[$1::bigint], run_at => now(), attempts => 0)
