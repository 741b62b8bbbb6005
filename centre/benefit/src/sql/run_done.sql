UPDATE benefit.payment_run SET state = 'done', payments = $3, amount_fen = $4, finished_at = $5 WHERE month = $1 AND part = $2
