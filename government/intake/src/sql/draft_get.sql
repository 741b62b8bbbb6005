SELECT draft_id, user_id, item_code, item_version, person_no, employer_no, fields, revision, case_no, created_at, updated_at
FROM intake.draft WHERE draft_id = $1 AND user_id = $2
