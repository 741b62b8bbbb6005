SELECT r.month, r.insurance, r.employer_no, r.wage, r.base, r.employer_fen, r.personal_fen, r.account_fen, r.status,
       r.source, r.unconfirmed, r.settled_on
FROM contribution.receivable AS r
WHERE r.person_no = $1 AND r.status = 'paid' AND r.month BETWEEN $2 AND $3 AND r.insurance = ANY($4::text[])
ORDER BY r.month, r.insurance, r.employer_no
