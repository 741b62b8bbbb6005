DELETE FROM intake.draft WHERE draft_id = $1 AND user_id = $2 AND case_no IS NULL
