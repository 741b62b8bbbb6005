UPDATE intake.draft SET fields = $3, revision = revision + 1, updated_at = $4
WHERE draft_id = $1 AND user_id = $2 AND case_no IS NULL
RETURNING revision
