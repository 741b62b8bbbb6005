INSERT INTO dispatch.workload (user_id) SELECT unnest($1::uuid[]) ON CONFLICT (user_id) DO NOTHING
