UPDATE document.document
SET status = 'void', voided_at = $2, void_reason = $3
WHERE id = $1 AND status = 'issued'
