SELECT id, key, region, effective_from, effective_to, value, doc_no, doc_expiry, basis, note, status,
    proposed_by, proposed_by_name, proposed_at, decided_by_name, decided_at, opinion
FROM policy.parameter_row
WHERE id = $1
FOR UPDATE
