-- Orders everything that changes what hangs on these people.
SELECT p.person_no
FROM party.person AS p
WHERE p.person_no = ANY($1::text[])
ORDER BY p.person_no
FOR NO KEY UPDATE OF p
