SELECT y.year, y.opening, y.contributed, y.interest, y.balance, y.method, y.chosen, y.derivation
FROM fund.account_year AS y
WHERE y.person_no = $1
ORDER BY y.year DESC
