UPDATE enrolment.batch SET state = 'released' WHERE case_no = $1 AND state = 'checked'
