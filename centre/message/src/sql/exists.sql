SELECT EXISTS (SELECT 1 FROM message.message WHERE recipient = ANY ($1) AND id = $2)
