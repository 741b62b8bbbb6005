INSERT INTO message.message (recipient, id, event_key, template, title, body, case_no, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT ON CONSTRAINT message_event_uq DO NOTHING
