SELECT
    current_setting('server_version_num')::integer,
    current_setting('server_version'),
    current_setting('server_encoding'),
    current_user::text,
    has_database_privilege(current_database(), 'CREATE')
