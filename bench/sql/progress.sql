SELECT
    (SELECT count(*) FROM casework.case_file WHERE state = 'CLOSED'),
    (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),
    (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint
