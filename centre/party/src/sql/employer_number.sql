SELECT nextval('party.employer_seq')
