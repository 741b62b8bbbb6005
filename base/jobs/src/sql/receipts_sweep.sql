DELETE FROM base.inbox WHERE received_at < $1
