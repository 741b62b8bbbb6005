-- Two changes at once give one number twice and the second is refused by the constraint.
INSERT INTO item.status_change (change_id, code, seq, status, reason, author, author_name, changed_at)
SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7 FROM item.status_change WHERE code = $2
