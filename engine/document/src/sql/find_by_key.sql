SELECT
    id, template, template_digest, title, number, verify_code, holder_key, holder_shown, issuer, facts, case_no,
    issued_at, valid_until, status, void_reason, sm3, file_id
FROM document.document
WHERE issue_key = $1
