INSERT INTO fund.account_year (person_no, year, opening, contributed, interest, balance, method, chosen, derivation, actor,
                               recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
