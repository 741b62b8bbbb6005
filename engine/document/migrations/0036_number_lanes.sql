-- Steps that issue a document at the same time must not wait for each other to the end: a prefix and year has 32 lanes, each
-- giving every 32nd number. A step takes the free lane whose turn it is; one that is undone gives its number back.
ALTER TABLE document.number_sequence
    ADD COLUMN lane smallint NOT NULL DEFAULT 32,
    DROP CONSTRAINT number_sequence_pk,
    DROP CONSTRAINT number_sequence_last_ck;
INSERT INTO document.number_sequence (prefix, year, lane, last)
SELECT prefix, year, lane.number, last + lane.number - 32
FROM document.number_sequence CROSS JOIN generate_series(1, 31) AS lane (number);
ALTER TABLE document.number_sequence
    ALTER COLUMN lane DROP DEFAULT,
    ADD CONSTRAINT number_sequence_pk PRIMARY KEY (prefix, year, lane),
    ADD CONSTRAINT number_sequence_lane_ck CHECK (lane BETWEEN 1 AND 32),
    ADD CONSTRAINT number_sequence_last_ck CHECK (last > -32);
