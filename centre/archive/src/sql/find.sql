SELECT
    id, archive_no, case_no, item_code, title, category, link, term, mark, subject_kind, subject_name, org_path,
    closed_on, keep_from, keep_until, checks, complete, filed_at
FROM archive.record
WHERE id = $1 AND (org_path = $2 OR org_path LIKE $3)
