UPDATE benefit.award SET status = 'void', ended_at = $3, ended_reason = $4
WHERE person_no = $1 AND award_id = $2 AND status = 'active'
