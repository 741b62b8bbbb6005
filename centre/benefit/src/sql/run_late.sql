-- Awards that a finished partition did not know yet: decided after the run of the month.
UPDATE benefit.payment_run AS r SET state = 'open', finished_at = NULL
WHERE r.month = $1 AND r.state = 'done' AND EXISTS (
    SELECT 1 FROM benefit.award AS a
    WHERE a.part = r.part AND a.status = 'active' AND a.start_month <= $1
        AND NOT EXISTS (SELECT 1 FROM benefit.payment AS p WHERE p.person_no = a.person_no AND p.month = $1 AND p.kind <> 'difference'))
