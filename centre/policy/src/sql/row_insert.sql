INSERT INTO policy.parameter_row (
    id, key, region, effective_from, effective_to, value, doc_no, doc_expiry, basis, note,
    status, proposed_by, proposed_by_name, proposed_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed', $11, $12, $13)
