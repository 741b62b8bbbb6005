SELECT id, kind, login, status, password FROM identity.account WHERE login = $1
