-- Billed beyond the last month owed and not paid yet.
UPDATE contribution.receivable AS r
SET status = 'cancelled'
FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS n(person_no, employer_no, insurance, to_month)
WHERE r.person_no = n.person_no AND r.employer_no = n.employer_no AND r.insurance = n.insurance
  AND r.month > n.to_month AND r.status = 'due'
