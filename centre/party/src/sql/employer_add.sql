INSERT INTO party.employer (employer_no, uscc, name, area, industry, injury_class, operator_name, operator_mobile,
                            registered_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
