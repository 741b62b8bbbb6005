SELECT count(*) FROM contribution.levy_run
