SELECT person_no, id, insurance, employer_no, start_month, end_month, status, wage_fen, hire_date, contract_type,
       contract_end, add_reason, stop_reason, case_no
FROM enrolment.period
WHERE employer_no = $1 AND person_no = ANY($2::text[])
ORDER BY person_no, start_month, insurance, id
