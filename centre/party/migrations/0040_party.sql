-- People and employers: the registers every other centre refers to by number.
CREATE SCHEMA party;

-- Nine digits; the tenth is a check digit (ISO 7064 MOD 11,10). The first digit tells people from employers.
CREATE SEQUENCE party.person_seq MINVALUE 310000001 MAXVALUE 899999999;
CREATE SEQUENCE party.employer_seq MINVALUE 210000001 MAXVALUE 299999999;

CREATE TABLE party.person (
    person_no       text        NOT NULL,          -- distribution key
    name            text        NOT NULL,
    id_type         text        NOT NULL,          -- catalogue/codes/id_type
    id_no           text        NOT NULL,
    birth           date        NOT NULL,          -- as used for benefits; may differ from the id number by proof
    sex             smallint    NOT NULL,          -- 1 male, 2 female
    hukou           text,                          -- catalogue/codes/hukou
    mobile          text,
    address         text,
    area            text        NOT NULL,          -- path of the district in the organisation tree
    category        text,                          -- M60, F55, F50: statutory retirement category
    category_basis  text,                          -- what it rests on
    archive_birth   date,                          -- earliest record in the personnel file
    first_work_date date,
    receiving_from  integer,                       -- yyyymm from which a pension is paid; null: none
    status          text        NOT NULL DEFAULT 'active',
    version         integer     NOT NULL DEFAULT 1,
    registered_at   timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    CONSTRAINT person_pk PRIMARY KEY (person_no),
    CONSTRAINT person_no_shape CHECK (person_no ~ '^[0-9]{10}$'),
    CONSTRAINT person_name_given CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT person_id_given CHECK (char_length(id_no) BETWEEN 4 AND 40),
    CONSTRAINT person_sex_known CHECK (sex IN (1, 2)),
    CONSTRAINT person_category_known CHECK (category IS NULL OR category IN ('M60', 'F55', 'F50')),
    CONSTRAINT person_category_fits_sex CHECK (category IS NULL OR (category = 'M60') = (sex = 1)),
    CONSTRAINT person_receiving_is_month CHECK (
        receiving_from IS NULL OR (receiving_from BETWEEN 190001 AND 219912 AND receiving_from % 100 BETWEEN 1 AND 12)),
    CONSTRAINT person_status_known CHECK (status IN ('active', 'merged', 'dead')),
    CONSTRAINT person_version_positive CHECK (version > 0)
);
CREATE UNIQUE INDEX person_id_once ON party.person (id_type, id_no) WHERE status = 'active';
CREATE INDEX person_by_name ON party.person (name text_pattern_ops);

CREATE TABLE party.person_history (
    person_no   text        NOT NULL,
    version     integer     NOT NULL,              -- version the change led to
    action      text        NOT NULL,              -- register, change_key, retire, …
    before      jsonb,
    after       jsonb       NOT NULL,
    basis       jsonb       NOT NULL DEFAULT '{}',
    case_no     text,
    actor       uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT person_history_pk PRIMARY KEY (person_no, version)
);

CREATE TABLE party.employer (
    employer_no     text        NOT NULL,          -- distribution key
    uscc            text        NOT NULL,
    name            text        NOT NULL,
    area            text        NOT NULL,
    industry        text,                          -- GB/T 4754
    injury_class    smallint    NOT NULL,          -- 1 to 8
    operator_name   text,
    operator_mobile text,
    status          text        NOT NULL DEFAULT 'active',
    version         integer     NOT NULL DEFAULT 1,
    registered_at   timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    CONSTRAINT employer_pk PRIMARY KEY (employer_no),
    CONSTRAINT employer_no_shape CHECK (employer_no ~ '^[0-9]{10}$'),
    CONSTRAINT employer_uscc_shape CHECK (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
    CONSTRAINT employer_name_given CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT employer_injury_class_known CHECK (injury_class BETWEEN 1 AND 8),
    CONSTRAINT employer_status_known CHECK (status IN ('active', 'suspended', 'closed')),
    CONSTRAINT employer_version_positive CHECK (version > 0)
);
CREATE UNIQUE INDEX employer_uscc_once ON party.employer (uscc) WHERE status <> 'closed';
CREATE INDEX employer_by_name ON party.employer (name text_pattern_ops);

CREATE TABLE party.employer_history (
    employer_no text        NOT NULL,
    version     integer     NOT NULL,
    action      text        NOT NULL,
    before      jsonb,
    after       jsonb       NOT NULL,
    case_no     text,
    actor       uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT employer_history_pk PRIMARY KEY (employer_no, version)
);

-- Who belongs to which employer's staff now; kept by enrolment. It decides whose data an employer may see.
CREATE TABLE party.staff (
    employer_no text        NOT NULL,              -- distribution key
    person_no   text        NOT NULL,
    since       date        NOT NULL,
    until       date,                              -- last day; null: still there
    changed_at  timestamptz NOT NULL,
    CONSTRAINT staff_pk PRIMARY KEY (employer_no, person_no),
    CONSTRAINT staff_order CHECK (until IS NULL OR until >= since)
);
CREATE INDEX staff_by_person ON party.staff (person_no);

CREATE FUNCTION party.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER person_history_append_only BEFORE UPDATE OR DELETE ON party.person_history
    FOR EACH ROW EXECUTE FUNCTION party.refuse_change();
CREATE TRIGGER employer_history_append_only BEFORE UPDATE OR DELETE ON party.employer_history
    FOR EACH ROW EXECUTE FUNCTION party.refuse_change();
CREATE TRIGGER person_no_delete BEFORE DELETE ON party.person
    FOR EACH ROW EXECUTE FUNCTION party.refuse_change();
CREATE TRIGGER employer_no_delete BEFORE DELETE ON party.employer
    FOR EACH ROW EXECUTE FUNCTION party.refuse_change();
