SELECT case_no, item_code, item_version, item_name, state, outcome, applicant_kind, applicant_name, applicant_user, person_no, employer_no,
    org_path, channel, instance_id, form, materials, rules, computed, derivation, correction, submitted_at, accepted_at, closed_at,
    promised_due, statutory_due, clock_stopped_at, clock_stop_reason
FROM casework.case_file WHERE case_no = $1
