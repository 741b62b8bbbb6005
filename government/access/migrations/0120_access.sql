-- Organisation tree, staff, grants.
CREATE SCHEMA access;

-- Filled from catalogue/organisations.yaml at start-up; a body that left the file is closed, never removed.
CREATE TABLE access.organisation (
    code text CONSTRAINT organisation_pk PRIMARY KEY,
    name text NOT NULL,
    level text NOT NULL CONSTRAINT organisation_level CHECK (level IN ('city', 'district', 'community')),
    parent text CONSTRAINT organisation_parent REFERENCES access.organisation (code),
    path text NOT NULL CONSTRAINT organisation_path_unique UNIQUE,
    open boolean NOT NULL,
    CONSTRAINT organisation_path CHECK (path = code OR path LIKE '%/' || code),
    CONSTRAINT organisation_root CHECK ((parent IS NULL) = (path = code))
);

-- Who works where. The account behind it (password, sessions) is identity's, under the same id.
CREATE TABLE access.staff (
    user_id uuid CONSTRAINT staff_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT staff_name CHECK (name <> ''),
    person_no text,
    organisation text NOT NULL CONSTRAINT staff_organisation REFERENCES access.organisation (code),
    active boolean NOT NULL
);
CREATE INDEX staff_organisation_idx ON access.staff (organisation);

-- One row a grant; it ends by being revoked or by its last day, and stays for the record.
CREATE TABLE access.role_grant (
    id uuid CONSTRAINT role_grant_pk PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT role_grant_staff REFERENCES access.staff (user_id),
    role text NOT NULL CONSTRAINT role_grant_role CHECK (role ~ '^R[0-9]{2}$'),
    organisation text NOT NULL CONSTRAINT role_grant_organisation REFERENCES access.organisation (code),
    valid_from date NOT NULL,
    valid_to date,
    granted_by uuid NOT NULL,
    granted_at timestamptz NOT NULL,
    revoked_by uuid,
    revoked_at timestamptz,
    CONSTRAINT role_grant_period CHECK (valid_to IS NULL OR valid_to >= valid_from),
    CONSTRAINT role_grant_revocation CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
    CONSTRAINT role_grant_not_to_oneself CHECK (granted_by <> user_id)
);
CREATE UNIQUE INDEX role_grant_once ON access.role_grant (user_id, role, organisation) WHERE revoked_at IS NULL;
CREATE INDEX role_grant_holders ON access.role_grant (role, organisation) WHERE revoked_at IS NULL;

-- The public face of this schema in SQL, for government-identity alone: it loads session, account and grants in one round
-- trip and lists accounts by subtree.
CREATE VIEW access.staff_place AS
SELECT staff.user_id, home.code AS organisation, home.name AS organisation_name, home.path AS organisation_path
FROM access.staff
JOIN access.organisation AS home ON home.code = staff.organisation;

-- Unrevoked grants at open organisations; the reader compares the days.
CREATE VIEW access.staff_grant AS
SELECT
    role_grant.user_id,
    role_grant.role,
    post.code AS post,
    post.name AS post_name,
    post.path AS post_path,
    role_grant.valid_from,
    role_grant.valid_to
FROM access.role_grant
JOIN access.organisation AS post ON post.code = role_grant.organisation AND post.open
WHERE role_grant.revoked_at IS NULL;
