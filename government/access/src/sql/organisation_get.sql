SELECT code, name, level, parent, path FROM access.organisation WHERE code = $1 AND open
