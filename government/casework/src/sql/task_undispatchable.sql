SELECT count(*) FROM casework.task WHERE state = 'OPEN' AND offered_to IS NULL
