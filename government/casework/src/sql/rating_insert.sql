INSERT INTO casework.rating (case_no, score, comment, channel, rated_by, rated_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (case_no) DO NOTHING
