SELECT h.version, h.action, h.before, h.after, h.basis, h.case_no, h.recorded_at
FROM party.person_history AS h
WHERE h.person_no = $1
ORDER BY h.version DESC
