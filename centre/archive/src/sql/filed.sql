SELECT EXISTS (SELECT 1 FROM archive.record WHERE case_no = $1)
