UPDATE fund.account SET interest_through = $2, changed_at = $3 WHERE person_no = $1
