SELECT id, key, region, effective_from, effective_to, value, doc_no, doc_expiry, basis, note, status,
    proposed_by, proposed_by_name, proposed_at, decided_by_name, decided_at, opinion
FROM policy.parameter_row
WHERE ($1::text IS NULL OR key = $1) AND ($2::text IS NULL OR status = $2)
ORDER BY effective_from, key, region, id
