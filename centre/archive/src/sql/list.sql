SELECT
    id, archive_no, case_no, item_code, title, category, link, term, mark, subject_kind, subject_name, org_path,
    closed_on, keep_from, keep_until, checks, complete, filed_at
FROM archive.record
WHERE (org_path = $1 OR org_path LIKE $2)
  AND ($3::text IS NULL OR case_no = $3 OR subject_name = $3 OR left(archive_no, length($3)) = $3
       OR strpos(title, $3) > 0)
ORDER BY filed_at DESC, archive_no
LIMIT $4 OFFSET $5
