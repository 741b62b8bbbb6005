INSERT INTO document.number_sequence (prefix, year, lane, last)
SELECT $1, $2, lane.number, lane.number - 32
FROM generate_series(1, 32) AS lane (number)
ON CONFLICT ON CONSTRAINT number_sequence_pk DO NOTHING
