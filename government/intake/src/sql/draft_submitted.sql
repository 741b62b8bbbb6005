UPDATE intake.draft SET case_no = $2, updated_at = $3 WHERE draft_id = $1 AND case_no IS NULL
