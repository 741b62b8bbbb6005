SELECT case_no, item_name, submitted_at, promised_due, state, applicant_user FROM casework.case_file WHERE submission_id = $1
