INSERT INTO contribution.receipt (employer_no, id, month, reference, receivables, amount, arrived, actor, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
