SELECT d.months, d.months_to_1992, d.virtual_account, d.basis
FROM contribution.deemed AS d
WHERE d.person_no = $1
