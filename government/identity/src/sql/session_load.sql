-- Session, account and grants in force in one round trip.
-- $1 digest of the token, $2 now, $3 idle since, $4 today
SELECT
    session.id,
    session.channel,
    session.post,
    session.last_seen_at,
    session.expires_at,
    session.account_id,
    account.kind,
    account.login,
    account.name,
    account.person_no,
    account.employer_no,
    account.employer_name,
    account.must_change_password,
    account.password_changed_at,
    place.organisation,
    place.organisation_name,
    coalesce(granted.roles, ARRAY[]::text[]) AS roles,
    coalesce(granted.posts, ARRAY[]::text[]) AS posts,
    coalesce(granted.post_names, ARRAY[]::text[]) AS post_names,
    coalesce(granted.post_paths, ARRAY[]::text[]) AS post_paths
FROM identity.session
JOIN identity.account ON account.id = session.account_id AND account.status = 'active'
LEFT JOIN access.staff_place AS place ON place.user_id = account.id
LEFT JOIN LATERAL (
    SELECT
        array_agg(role ORDER BY role, post_path) AS roles,
        array_agg(post ORDER BY role, post_path) AS posts,
        array_agg(post_name ORDER BY role, post_path) AS post_names,
        array_agg(post_path ORDER BY role, post_path) AS post_paths
    FROM access.staff_grant
    WHERE user_id = account.id AND valid_from <= $4 AND (valid_to IS NULL OR valid_to >= $4)
) AS granted ON true
WHERE session.digest = $1
  AND session.ended_at IS NULL
  AND session.expires_at > $2
  AND session.last_seen_at > $3
