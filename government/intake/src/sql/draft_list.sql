SELECT draft_id, user_id, item_code, item_version, person_no, employer_no, fields, revision, case_no, created_at, updated_at
FROM intake.draft WHERE user_id = $1 AND case_no IS NULL ORDER BY updated_at DESC, draft_id LIMIT 100
