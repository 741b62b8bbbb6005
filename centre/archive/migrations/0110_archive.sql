CREATE SCHEMA archive;

-- Last item number for each prefix of archive numbers (fonds, class, year, term, link).
CREATE TABLE archive.number_sequence (
    prefix text   NOT NULL,
    last   bigint NOT NULL,
    CONSTRAINT number_sequence_pk PRIMARY KEY (prefix),
    CONSTRAINT number_sequence_last_ck CHECK (last > 0)
);

-- One row per closed case. `subject_key` (person, else employer, else applicant) is the distribution key.
CREATE TABLE archive.record (
    id           uuid        NOT NULL,
    subject_key  text        NOT NULL,
    archive_no   text        NOT NULL,
    case_no      text        NOT NULL,
    item_code    text        NOT NULL,
    title        text        NOT NULL,
    category     text        NOT NULL,
    link         text        NOT NULL,
    term         text        NOT NULL,
    mark         text        NOT NULL,
    subject_kind text        NOT NULL,
    subject_name text        NOT NULL,
    org_path     text        NOT NULL,
    closed_on    date        NOT NULL,
    keep_from    date        NOT NULL,
    keep_until   date,
    checks       jsonb       NOT NULL,
    complete     boolean     NOT NULL,
    filed_at     timestamptz NOT NULL,
    CONSTRAINT record_pk PRIMARY KEY (id),
    CONSTRAINT record_case_uq UNIQUE (case_no),
    CONSTRAINT record_archive_no_uq UNIQUE (archive_no),
    CONSTRAINT record_term_ck CHECK (term IN ('Y', 'D100', 'D50', 'D30', 'D10')),
    CONSTRAINT record_subject_ck CHECK (subject_kind IN ('person', 'employer')),
    CONSTRAINT record_keep_ck CHECK ((term = 'Y') = (keep_until IS NULL) AND keep_from > closed_on
        AND (keep_until IS NULL OR keep_until > keep_from))
);
CREATE INDEX record_subject_ix ON archive.record (subject_key);
CREATE INDEX record_org_ix ON archive.record (org_path text_pattern_ops, filed_at DESC);
CREATE INDEX record_name_ix ON archive.record (subject_name);

-- What a record consists of, in order. A digest that is not known yet is filled in once.
CREATE TABLE archive.component (
    record_id uuid   NOT NULL,
    seq       int    NOT NULL,
    kind      text   NOT NULL,
    name      text   NOT NULL,
    sm3       text,
    size      bigint,
    reference text,
    CONSTRAINT component_pk PRIMARY KEY (record_id, seq),
    CONSTRAINT component_record_fk FOREIGN KEY (record_id) REFERENCES archive.record (id),
    CONSTRAINT component_kind_ck CHECK (kind IN ('form', 'material', 'opinion', 'document', 'log')),
    CONSTRAINT component_sm3_ck CHECK (sm3 ~ '^[0-9a-f]{64}$')
);
