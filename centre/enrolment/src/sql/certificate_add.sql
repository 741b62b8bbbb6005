INSERT INTO enrolment.certificate (person_no, case_no, from_month, to_month, insurances, detail, purpose, receiver, actor,
                                   issued_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (person_no, case_no) DO NOTHING
