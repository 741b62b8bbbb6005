INSERT INTO casework.case_document (case_no, document_id, name, number, verify_code, issued_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (case_no, document_id) DO NOTHING
