UPDATE party.employer
SET status = $3, version = version + 1, changed_at = $4
WHERE employer_no = $1 AND version = $2
