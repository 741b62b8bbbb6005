SELECT award_id, person_no, part, case_no, retire_kind, retire_month, start_month, basic_fen, account_fen, transitional_fen, total_fen,
    provisional, facts, derivation, payee_name, payee_bank, payee_account, status, awarded_at
FROM benefit.award WHERE case_no = $1
