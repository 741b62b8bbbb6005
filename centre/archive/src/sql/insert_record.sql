INSERT INTO archive.record (
    id, subject_key, archive_no, case_no, item_code, title, category, link, term, mark, subject_kind, subject_name,
    org_path, closed_on, keep_from, keep_until, checks, complete, filed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
