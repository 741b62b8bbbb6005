UPDATE identity.session SET post = $2 WHERE id = $1
