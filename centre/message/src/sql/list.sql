-- One occurrence may have reached the caller as user and as person; it is listed once.
SELECT m.id, m.title, m.body, m.case_no, m.created_at, m.read_at
FROM message.message AS m
WHERE m.recipient = ANY ($1)
  AND (NOT $2 OR m.read_at IS NULL)
  AND NOT EXISTS (
      SELECT 1 FROM message.message AS twin
      WHERE twin.recipient = ANY ($1) AND twin.event_key = m.event_key AND twin.recipient < m.recipient)
ORDER BY m.created_at DESC, m.id DESC
LIMIT $3 OFFSET $4
