-- One at a time: levy, receipt and changes of who is billed through one employer. Ends with the transaction.
SELECT pg_advisory_xact_lock(('x' || substr(md5('contribution ' || e.employer_no), 1, 16))::bit(64)::bigint)
FROM (SELECT n.employer_no FROM unnest($1::text[]) AS n(employer_no) GROUP BY n.employer_no ORDER BY n.employer_no) AS e
