SELECT a.status, a.retired_month, a.interest_through
FROM fund.account AS a
WHERE a.person_no = $1
