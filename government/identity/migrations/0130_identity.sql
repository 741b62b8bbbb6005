-- Accounts, passwords, sessions.
CREATE SCHEMA identity;

CREATE TABLE identity.account (
    id uuid CONSTRAINT account_pk PRIMARY KEY,
    kind text NOT NULL CONSTRAINT account_kind CHECK (kind IN ('staff', 'citizen', 'employer')),
    login text NOT NULL CONSTRAINT account_login_unique UNIQUE,
    name text NOT NULL CONSTRAINT account_name CHECK (name <> ''),
    person_no text,
    employer_no text,
    employer_name text,
    status text NOT NULL CONSTRAINT account_status CHECK (status IN ('active', 'disabled')),
    must_change_password boolean NOT NULL,
    -- PHC string: algorithm, parameters, salt and hash.
    password text NOT NULL CONSTRAINT account_password CHECK (password LIKE '$argon2id$%'),
    password_changed_at timestamptz NOT NULL,
    -- Generated for trials; a production system refuses to start with any.
    demo boolean NOT NULL,
    last_sign_in_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    CONSTRAINT account_login CHECK (login = lower(login) AND login ~ '^[a-z0-9][a-z0-9._@-]{2,63}$'),
    CONSTRAINT account_subject CHECK (
        CASE kind
            WHEN 'citizen' THEN person_no IS NOT NULL AND employer_no IS NULL
            WHEN 'employer' THEN employer_no IS NOT NULL AND employer_name IS NOT NULL
            ELSE employer_no IS NULL
        END
    )
);

-- The last passwords, so that none comes back at once.
CREATE TABLE identity.former_password (
    account_id uuid NOT NULL CONSTRAINT former_password_account REFERENCES identity.account (id),
    replaced_at timestamptz NOT NULL,
    password text NOT NULL,
    CONSTRAINT former_password_pk PRIMARY KEY (account_id, replaced_at)
);

CREATE TABLE identity.session (
    id uuid CONSTRAINT session_pk PRIMARY KEY,
    -- HMAC-SM3 of the token under the session key; the token itself is known to the client alone.
    digest bytea NOT NULL CONSTRAINT session_digest_unique UNIQUE,
    account_id uuid NOT NULL CONSTRAINT session_account REFERENCES identity.account (id),
    channel text NOT NULL CONSTRAINT session_channel CHECK (channel IN ('window', 'web', 'mobile', 'kiosk')),
    -- Organisation of the post chosen; none: the first.
    post text,
    client text,
    opened_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_why text,
    CONSTRAINT session_digest CHECK (octet_length(digest) = 32),
    CONSTRAINT session_end CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
    CONSTRAINT session_period CHECK (expires_at > opened_at)
);
CREATE INDEX session_account_idx ON identity.session (account_id);
CREATE INDEX session_expiry_idx ON identity.session (expires_at);

-- Failures by login (existing or not: the answer must not tell) and by source address.
CREATE TABLE identity.throttle (
    kind text NOT NULL CONSTRAINT throttle_kind CHECK (kind IN ('login', 'source')),
    key text NOT NULL,
    failures integer NOT NULL CONSTRAINT throttle_failures CHECK (failures >= 0),
    last_failed_at timestamptz NOT NULL,
    blocked_until timestamptz,
    CONSTRAINT throttle_pk PRIMARY KEY (kind, key)
);

-- Sign-ins and what administrators did to accounts; never a password, never the login that was typed.
CREATE TABLE identity.event (
    id uuid CONSTRAINT event_pk PRIMARY KEY,
    at timestamptz NOT NULL,
    what text NOT NULL,
    account_id uuid CONSTRAINT event_account REFERENCES identity.account (id),
    actor_id uuid,
    client text,
    channel text,
    request_id uuid NOT NULL,
    detail jsonb NOT NULL
);
CREATE INDEX event_account_idx ON identity.event (account_id, at);
CREATE INDEX event_at_idx ON identity.event (at);
