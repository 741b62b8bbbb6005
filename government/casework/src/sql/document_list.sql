SELECT document_id, name, number, verify_code, issued_at FROM casework.case_document WHERE case_no = $1 ORDER BY issued_at, document_id
