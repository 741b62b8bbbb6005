INSERT INTO document.document (
    id, template, template_digest, title, number, verify_code, holder_key, holder_shown, issuer, data, facts,
    issue_key, case_no, issued_at, issued_by, valid_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
