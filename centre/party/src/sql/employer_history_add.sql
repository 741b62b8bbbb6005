INSERT INTO party.employer_history (employer_no, version, action, before, after, case_no, actor, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
