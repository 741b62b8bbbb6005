-- $1 text in login or name, $2 kind, $3 path of the subtree, $4 today, $5 rows, $6 rows passed over
SELECT
    account.id,
    account.kind,
    account.login,
    account.name,
    account.person_no,
    account.employer_no,
    account.employer_name,
    account.status,
    account.must_change_password,
    account.created_at,
    place.organisation,
    place.organisation_name,
    place.organisation_path,
    coalesce(granted.roles, ARRAY[]::text[]) AS roles,
    coalesce(granted.posts, ARRAY[]::text[]) AS posts,
    coalesce(granted.post_names, ARRAY[]::text[]) AS post_names,
    coalesce(granted.post_paths, ARRAY[]::text[]) AS post_paths,
    account.last_sign_in_at
FROM identity.account
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
WHERE ($2::text IS NULL OR account.kind = $2)
  AND ($1::text IS NULL OR starts_with(account.login, lower($1)) OR strpos(account.name, $1) > 0)
  AND CASE
      WHEN place.organisation_path IS NULL THEN strpos($3, '/') = 0
      ELSE place.organisation_path = $3 OR starts_with(place.organisation_path, $3 || '/')
  END
ORDER BY account.login
LIMIT $5 OFFSET $6
