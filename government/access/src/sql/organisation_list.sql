SELECT code, name, level, parent, path FROM access.organisation WHERE open ORDER BY path
