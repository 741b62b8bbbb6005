UPDATE casework.case_file
SET state = $2, outcome = $3, form = $4, rules = $5, computed = $6, derivation = $7, correction = $8, accepted_at = $9,
    closed_at = $10, promised_due = $11, statutory_due = $12, clock_stopped_at = $13, clock_stop_reason = $14,
    materials = $15, row_version = row_version + 1
WHERE case_no = $1
