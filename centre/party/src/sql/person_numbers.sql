SELECT nextval('party.person_seq') FROM generate_series(1, $1::integer)
