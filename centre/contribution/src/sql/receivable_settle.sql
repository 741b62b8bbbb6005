UPDATE contribution.receivable
SET status = 'paid', receipt = $3, settled_on = $4
WHERE employer_no = $1 AND month = $2 AND status = 'due'
RETURNING person_no, insurance, month, employer_fen, personal_fen, account_fen
