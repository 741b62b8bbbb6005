SELECT employer_no, case_no, file_id, file_name, sm3, state, rows_total, ok, failed, warned, spot_check, submitted_at,
       finished_at
FROM enrolment.batch
WHERE case_no = $1
