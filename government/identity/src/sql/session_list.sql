-- $1 account, $2 now, $3 idle since
SELECT id, channel, client, opened_at, last_seen_at
FROM identity.session
WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $3
ORDER BY last_seen_at DESC, id
LIMIT 100
