-- Who is insured where, for what, since when.
CREATE SCHEMA enrolment;

-- One period of one insurance of one person with one employer.
CREATE TABLE enrolment.period (
    person_no     text        NOT NULL,            -- distribution key
    id            uuid        NOT NULL,
    insurance     text        NOT NULL,            -- catalogue/codes/insurance
    employer_no   text        NOT NULL,
    start_month   integer     NOT NULL,            -- yyyymm, first month insured
    end_month     integer,                         -- yyyymm, last month insured; before the start: never took effect
    status        text        NOT NULL DEFAULT 'active',
    wage_fen      bigint      NOT NULL,            -- monthly wage as declared at enrolment
    hire_date     date        NOT NULL,
    contract_type text        NOT NULL,            -- 1 fixed term, 2 open, 3 until a task is done
    contract_end  date,
    add_reason    text        NOT NULL,            -- catalogue/codes/add_reason
    hukou         text,                            -- catalogue/codes/hukou
    education     text,                            -- catalogue/codes/education
    stop_reason   text,                            -- catalogue/codes/stop_reason
    case_no       text,                            -- case that opened it
    version       integer     NOT NULL DEFAULT 1,
    recorded_at   timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    CONSTRAINT period_pk PRIMARY KEY (person_no, id),
    CONSTRAINT period_insurance_known CHECK (insurance IN ('110', '210', '310', '410')),
    CONSTRAINT period_status_known CHECK (status IN ('active', 'stopped', 'retired')),
    CONSTRAINT period_open_while_active CHECK ((status = 'active') = (end_month IS NULL)),
    CONSTRAINT period_start_is_month CHECK (start_month BETWEEN 190001 AND 219912 AND start_month % 100 BETWEEN 1 AND 12),
    CONSTRAINT period_end_is_month CHECK (
        end_month IS NULL OR (end_month BETWEEN 190001 AND 219912 AND end_month % 100 BETWEEN 1 AND 12)),
    CONSTRAINT period_wage_positive CHECK (wage_fen > 0),
    CONSTRAINT period_contract_known CHECK (contract_type IN ('1', '2', '3')),
    CONSTRAINT period_version_positive CHECK (version > 0)
);
-- Injury insurance may run with several employers at once (社会保险法 第四章, 实施若干规定 第九条); the others may not.
CREATE UNIQUE INDEX period_one_active ON enrolment.period (person_no, insurance)
    WHERE status = 'active' AND insurance <> '410';
CREATE UNIQUE INDEX period_one_active_here ON enrolment.period (person_no, insurance, employer_no)
    WHERE status = 'active';
CREATE INDEX period_by_employer ON enrolment.period (employer_no, person_no, status);
CREATE INDEX period_by_case ON enrolment.period (case_no) WHERE case_no IS NOT NULL;

-- What happened to a period, append-only.
CREATE TABLE enrolment.change (
    person_no   text        NOT NULL,              -- distribution key
    period_id   uuid        NOT NULL,
    version     integer     NOT NULL,              -- version it led to
    action      text        NOT NULL,              -- enrol, stop, retire, reopen
    month       integer     NOT NULL,              -- yyyymm: first month, last month, or the month it goes on from
    reason      text,
    case_no     text,
    actor       uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT change_pk PRIMARY KEY (person_no, period_id, version),
    CONSTRAINT change_action_known CHECK (action IN ('enrol', 'stop', 'retire', 'reopen'))
);

-- Certificates printed: whose, by whom, what for.
CREATE TABLE enrolment.certificate (
    person_no  text        NOT NULL,               -- distribution key
    case_no    text        NOT NULL,
    from_month integer     NOT NULL,
    to_month   integer     NOT NULL,
    insurances text[]      NOT NULL,
    detail     text        NOT NULL,
    purpose    text        NOT NULL,
    receiver   text,
    actor      uuid        NOT NULL,
    issued_at  timestamptz NOT NULL,
    CONSTRAINT certificate_pk PRIMARY KEY (person_no, case_no),
    CONSTRAINT certificate_span CHECK (from_month <= to_month)
);
CREATE INDEX certificate_by_day ON enrolment.certificate (person_no, issued_at);

-- A roster handed in.
CREATE TABLE enrolment.batch (
    employer_no  text        NOT NULL,             -- distribution key
    case_no      text        NOT NULL,
    file_id      uuid        NOT NULL,
    file_name    text        NOT NULL,
    sm3          text        NOT NULL,
    state        text        NOT NULL DEFAULT 'checked',
    rows_total   integer     NOT NULL,
    ok           integer     NOT NULL,
    failed       integer     NOT NULL,
    warned       integer     NOT NULL,
    spot_check   boolean     NOT NULL,
    submitted_at timestamptz NOT NULL,
    finished_at  timestamptz,
    CONSTRAINT batch_pk PRIMARY KEY (employer_no, case_no),
    CONSTRAINT batch_state_known CHECK (state IN ('checked', 'imported', 'released')),
    CONSTRAINT batch_counts CHECK (ok >= 0 AND failed >= 0 AND warned >= 0 AND ok + failed = rows_total),
    CONSTRAINT batch_imported_is_finished CHECK ((state = 'imported') = (finished_at IS NOT NULL))
);
CREATE INDEX batch_by_digest ON enrolment.batch (employer_no, sm3) WHERE state <> 'released';
CREATE INDEX batch_by_case ON enrolment.batch (case_no);

-- Rows of a roster that went in.
CREATE TABLE enrolment.batch_row (
    employer_no text    NOT NULL,                  -- distribution key
    case_no     text    NOT NULL,
    row_no      integer NOT NULL,                  -- as the sheet counts, from 1
    person_no   text    NOT NULL,
    warning     text,
    CONSTRAINT batch_row_pk PRIMARY KEY (employer_no, case_no, row_no)
);

-- What is wrong with the others. Values are masked before they get here.
CREATE TABLE enrolment.batch_flaw (
    employer_no text    NOT NULL,                  -- distribution key
    case_no     text    NOT NULL,
    row_no      integer NOT NULL,
    place       integer NOT NULL,                  -- order within the row
    name        text    NOT NULL,
    column_key  text    NOT NULL,
    column_name text    NOT NULL,
    value       text    NOT NULL,
    code        text    NOT NULL,
    reason      text    NOT NULL,
    hint        text    NOT NULL,
    CONSTRAINT batch_flaw_pk PRIMARY KEY (employer_no, case_no, row_no, place)
);

CREATE FUNCTION enrolment.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON enrolment.change
    FOR EACH ROW EXECUTE FUNCTION enrolment.refuse_change();
CREATE TRIGGER period_no_delete BEFORE DELETE ON enrolment.period
    FOR EACH ROW EXECUTE FUNCTION enrolment.refuse_change();
