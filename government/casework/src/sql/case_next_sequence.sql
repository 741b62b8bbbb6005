SELECT nextval('casework.case_sequence')
