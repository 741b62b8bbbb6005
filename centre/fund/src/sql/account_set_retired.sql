UPDATE fund.account
SET status = CASE WHEN $2::integer IS NULL THEN 'open' ELSE 'retired' END, retired_month = $2, changed_at = $3
WHERE person_no = $1 AND status <> 'closed'
