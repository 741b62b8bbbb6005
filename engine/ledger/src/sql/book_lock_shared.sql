SELECT pg_advisory_xact_lock_shared(k.key) FROM unnest($1::bigint[]) AS k(key)
