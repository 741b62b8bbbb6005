INSERT INTO benefit.award (
    award_id, person_no, part, case_no, retire_kind, retire_month, start_month, basic_fen, account_fen, transitional_fen,
    total_fen, provisional, facts, derivation, payee_name, payee_bank, payee_account, status, awarded_at, awarded_by
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'active', $18, $19)
