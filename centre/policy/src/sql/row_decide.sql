UPDATE policy.parameter_row
SET status = $2, decided_by = $3, decided_by_name = $4, decided_at = $5, opinion = $6
WHERE id = $1
