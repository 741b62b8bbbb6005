SELECT count(*)
FROM archive.record
WHERE (org_path = $1 OR org_path LIKE $2)
  AND ($3::text IS NULL OR case_no = $3 OR subject_name = $3 OR left(archive_no, length($3)) = $3
       OR strpos(title, $3) > 0)
