INSERT INTO casework.case_file (
    case_no, submission_id, subject_key, item_code, item_version, item_name, state, applicant_kind, applicant_name,
    applicant_user, person_no, employer_no, org_path, channel, instance_id, form, materials, rules, submitted_at,
    promised_due, statutory_due
) VALUES (
    $1, $2, $3, $4, $5, $6, 'SUBMITTED', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
)
