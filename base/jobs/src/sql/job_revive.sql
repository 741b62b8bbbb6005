SELECT id FROM queue.reschedule_jobs(ARRAY[$1], run_at => now(), attempts => 0)
