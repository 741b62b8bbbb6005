WITH closed AS (
    UPDATE enrolment.period
    SET status = $3, end_month = $4, stop_reason = $5, version = version + 1, changed_at = $6
    WHERE person_no = $1 AND id = ANY($2::uuid[]) AND status = 'active'
    RETURNING person_no, id, version
), kept AS (
    INSERT INTO enrolment.change (person_no, period_id, version, action, month, reason, case_no, actor, recorded_at)
    SELECT person_no, id, version, CASE WHEN $3 = 'retired' THEN 'retire' ELSE 'stop' END, $4, $5, $7, $8, $6
    FROM closed
)
SELECT id FROM closed
