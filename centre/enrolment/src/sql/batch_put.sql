INSERT INTO enrolment.batch (employer_no, case_no, file_id, file_name, sm3, state, rows_total, ok, failed, warned, spot_check,
                             submitted_at, finished_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (employer_no, case_no) DO UPDATE
SET file_id = excluded.file_id, file_name = excluded.file_name, sm3 = excluded.sm3, state = excluded.state,
    rows_total = excluded.rows_total, ok = excluded.ok, failed = excluded.failed, warned = excluded.warned,
    spot_check = excluded.spot_check, finished_at = excluded.finished_at
WHERE batch.state <> 'imported'
