SELECT pg_get_functiondef(function.oid)
FROM pg_proc AS function
INNER JOIN pg_namespace AS space ON space.oid = function.pronamespace
WHERE function.prokind IN ('f', 'p') AND space.nspname = ANY ($1)
ORDER BY space.nspname, function.proname, pg_get_function_identity_arguments(function.oid)
