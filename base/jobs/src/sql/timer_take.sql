INSERT INTO base.timer AS timer (job, crontab, last_tick)
VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT timer_pk DO UPDATE SET last_tick = timer.last_tick
RETURNING last_tick
