UPDATE identity.account SET status = $2 WHERE id = $1
