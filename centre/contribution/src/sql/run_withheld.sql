SELECT p.employer_no, w.item ->> 'person_no' AS person_no, w.item ->> 'insurance' AS insurance, w.item ->> 'code' AS code,
       w.item ->> 'reason' AS reason
FROM contribution.levy_part AS p
CROSS JOIN LATERAL jsonb_array_elements(p.withheld) AS w(item)
WHERE p.run = $1
ORDER BY p.employer_no, w.item ->> 'person_no', w.item ->> 'insurance'
LIMIT $2 OFFSET $3
