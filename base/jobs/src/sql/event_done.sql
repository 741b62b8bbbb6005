DELETE FROM base.outbox WHERE id = $1
