-- Each month of an import arrived at its own end.
UPDATE contribution.receivable
SET status = 'paid', receipt = $3,
    settled_on = (to_date(month::text, 'YYYYMM') + interval '1 month' - interval '1 day')::date
WHERE person_no = $1 AND employer_no = $2 AND source = 'imported' AND status = 'due'
