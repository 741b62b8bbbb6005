UPDATE base.timer SET last_tick = $3 WHERE job = $1 AND crontab = $2
