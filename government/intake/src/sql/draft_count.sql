SELECT count(*) FROM intake.draft WHERE user_id = $1 AND case_no IS NULL
