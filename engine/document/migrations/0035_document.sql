CREATE SCHEMA document;

-- Last number handed out for each prefix and year. A row is locked until the issuing step ends, so numbers have no
-- gaps and a step issues as late as it can.
CREATE TABLE document.number_sequence (
    prefix text   NOT NULL,
    year   int    NOT NULL,
    last   bigint NOT NULL,
    CONSTRAINT number_sequence_pk PRIMARY KEY (prefix, year),
    CONSTRAINT number_sequence_last_ck CHECK (last > 0)
);

CREATE TABLE document.document (
    id              uuid        NOT NULL,
    template        text        NOT NULL,
    template_digest text        NOT NULL,
    title           text        NOT NULL,
    number          text        NOT NULL,
    verify_code     text        NOT NULL,
    holder_key      text        NOT NULL,
    holder_shown    text        NOT NULL,
    issuer          text        NOT NULL,
    data            jsonb       NOT NULL,
    facts           jsonb       NOT NULL,
    issue_key       text,
    case_no         text,
    issued_at       timestamptz NOT NULL,
    issued_by       uuid        NOT NULL,
    valid_until     date,
    status          text        NOT NULL DEFAULT 'issued',
    voided_at       timestamptz,
    void_reason     text,
    sm3             text,
    file_id         uuid,
    rendered_at     timestamptz,
    CONSTRAINT document_pk PRIMARY KEY (id),
    CONSTRAINT document_number_uq UNIQUE (number),
    CONSTRAINT document_verify_code_uq UNIQUE (verify_code),
    CONSTRAINT document_issue_key_uq UNIQUE (issue_key),
    CONSTRAINT document_verify_code_ck CHECK (verify_code ~ '^[0-9]{16}$'),
    CONSTRAINT document_sm3_ck CHECK (sm3 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT document_status_ck CHECK (status IN ('issued', 'void')),
    CONSTRAINT document_void_ck CHECK ((status = 'void') = (voided_at IS NOT NULL AND void_reason IS NOT NULL)),
    -- Rendered means all three: the stored PDF, its digest, when.
    CONSTRAINT document_rendered_ck CHECK (num_nulls(sm3, file_id, rendered_at) IN (0, 3))
);

CREATE INDEX document_holder_ix ON document.document (holder_key, issued_at);
CREATE INDEX document_case_ix ON document.document (case_no) WHERE case_no IS NOT NULL;
