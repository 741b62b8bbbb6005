SELECT count(*) FROM policy.parameter_row WHERE status = 'released'
