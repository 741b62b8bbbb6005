INSERT INTO contribution.deemed (person_no, months, months_to_1992, virtual_account, basis, case_no, actor, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (person_no) DO UPDATE
SET months = excluded.months, months_to_1992 = excluded.months_to_1992, virtual_account = excluded.virtual_account,
    basis = excluded.basis, case_no = excluded.case_no, actor = excluded.actor, recorded_at = excluded.recorded_at
