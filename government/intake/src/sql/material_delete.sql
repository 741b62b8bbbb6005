DELETE FROM intake.material WHERE draft_id = $1 AND code = $2 AND file_id = $3
