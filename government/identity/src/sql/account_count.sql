-- $1 text in login or name, $2 kind, $3 path of the subtree
SELECT count(*)
FROM identity.account
LEFT JOIN access.staff_place AS place ON place.user_id = account.id
WHERE ($2::text IS NULL OR account.kind = $2)
  AND ($1::text IS NULL OR starts_with(account.login, lower($1)) OR strpos(account.name, $1) > 0)
  AND CASE
      WHEN place.organisation_path IS NULL THEN strpos($3, '/') = 0
      ELSE place.organisation_path = $3 OR starts_with(place.organisation_path, $3 || '/')
  END
