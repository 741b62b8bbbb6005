INSERT INTO dispatch.allotment (task_id, case_no, chosen, rule, candidates, decided_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (task_id) DO UPDATE
SET chosen = EXCLUDED.chosen, rule = EXCLUDED.rule, candidates = EXCLUDED.candidates, decided_at = EXCLUDED.decided_at
