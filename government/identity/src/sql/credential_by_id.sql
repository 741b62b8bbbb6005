SELECT id, kind, login, status, password FROM identity.account WHERE id = $1
