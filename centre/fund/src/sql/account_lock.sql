SELECT a.status, a.retired_month, a.interest_through
FROM fund.account AS a
WHERE a.person_no = ANY($1::text[])
ORDER BY a.person_no
FOR NO KEY UPDATE OF a
