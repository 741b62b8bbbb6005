WITH reopened AS (
    UPDATE enrolment.period
    SET status = 'active', end_month = NULL, stop_reason = NULL, version = version + 1, changed_at = $4
    WHERE person_no = $1 AND status = 'retired' AND id = ANY($2::uuid[])
    RETURNING person_no, id, version
), kept AS (
    INSERT INTO enrolment.change (person_no, period_id, version, action, month, case_no, actor, recorded_at)
    SELECT person_no, id, version, 'reopen', $3, $5, $6, $4 FROM reopened
)
SELECT id FROM reopened
