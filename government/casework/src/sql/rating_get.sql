SELECT score, comment, rated_at FROM casework.rating WHERE case_no = $1
