-- Who owes contributions, on which base, for which month, and what came in.
CREATE SCHEMA contribution;

-- Who is to be billed through whom, for what: kept by enrolment.
CREATE TABLE contribution.liability (
    person_no   text        NOT NULL,              -- distribution key
    employer_no text        NOT NULL,
    insurance   text        NOT NULL,              -- catalogue/codes/insurance
    from_month  integer     NOT NULL,
    to_month    integer,                           -- last month owed; null: open
    changed_at  timestamptz NOT NULL,
    CONSTRAINT liability_pk PRIMARY KEY (person_no, employer_no, insurance, from_month),
    CONSTRAINT liability_insurance_known CHECK (insurance IN ('110', '210', '310', '410', '510')),
    CONSTRAINT liability_months CHECK (
        from_month BETWEEN 190001 AND 219912 AND from_month % 100 BETWEEN 1 AND 12
        AND (to_month IS NULL OR (to_month BETWEEN 190001 AND 219912 AND to_month % 100 BETWEEN 1 AND 12)))
);
CREATE INDEX liability_by_employer ON contribution.liability (employer_no, person_no);

-- Declared monthly wage from a month on. A correction adds a row and marks the old one superseded.
CREATE TABLE contribution.wage (
    person_no     text        NOT NULL,            -- distribution key
    employer_no   text        NOT NULL,
    from_month    integer     NOT NULL,
    version       integer     NOT NULL,
    wage          bigint      NOT NULL,            -- fen a month, as declared
    base          bigint,                          -- fen, held within the bounds of that month; null: not published
    case_no       text,
    actor         uuid        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,
    CONSTRAINT wage_pk PRIMARY KEY (person_no, employer_no, from_month, version),
    CONSTRAINT wage_plausible CHECK (wage BETWEEN 0 AND 100000000000),
    CONSTRAINT wage_month CHECK (from_month BETWEEN 190001 AND 219912 AND from_month % 100 BETWEEN 1 AND 12)
);
CREATE UNIQUE INDEX wage_one_in_force ON contribution.wage (person_no, employer_no, from_month)
    WHERE superseded_at IS NULL;
CREATE INDEX wage_by_employer ON contribution.wage (employer_no, person_no, from_month) WHERE superseded_at IS NULL;

-- One row a person, insurance and month.
CREATE TABLE contribution.receivable (
    person_no    text        NOT NULL,             -- distribution key
    insurance    text        NOT NULL,
    month        integer     NOT NULL,             -- 费款所属期
    employer_no  text        NOT NULL,
    wage         bigint      NOT NULL,             -- fen, as declared
    base         bigint      NOT NULL,             -- fen, within the bounds
    employer_fen bigint      NOT NULL,
    personal_fen bigint      NOT NULL,
    account_fen  bigint      NOT NULL,             -- part recorded on the personal account
    status       text        NOT NULL DEFAULT 'due',
    source       text        NOT NULL,             -- levy, imported
    unconfirmed  text[],                           -- parameters that were not confirmed when it was computed
    run          uuid,                             -- levy run
    receipt      uuid,                             -- receipt that settled it
    recorded_at  timestamptz NOT NULL,
    settled_on   date,
    CONSTRAINT receivable_pk PRIMARY KEY (person_no, insurance, month, employer_no),
    CONSTRAINT receivable_insurance_known CHECK (insurance IN ('110', '210', '310', '410', '510')),
    CONSTRAINT receivable_month CHECK (month BETWEEN 190001 AND 219912 AND month % 100 BETWEEN 1 AND 12),
    CONSTRAINT receivable_amounts CHECK (
        wage >= 0 AND base >= 0 AND employer_fen >= 0 AND personal_fen >= 0
        AND account_fen BETWEEN 0 AND employer_fen + personal_fen),
    CONSTRAINT receivable_account_is_pension CHECK (account_fen = 0 OR insurance = '110'),
    CONSTRAINT receivable_status_known CHECK (status IN ('due', 'paid', 'cancelled')),
    CONSTRAINT receivable_source_known CHECK (source IN ('levy', 'imported')),
    CONSTRAINT receivable_paid_has_receipt CHECK ((status = 'paid') = (receipt IS NOT NULL AND settled_on IS NOT NULL))
) WITH (fillfactor = 85);
-- Whole months, once: only injury may run with several employers (policy.md §3.4).
CREATE UNIQUE INDEX receivable_once_a_month ON contribution.receivable (person_no, insurance, month)
    WHERE insurance <> '410' AND status <> 'cancelled';
CREATE INDEX receivable_by_employer ON contribution.receivable (employer_no, month, person_no);
CREATE INDEX receivable_due ON contribution.receivable (employer_no, month) WHERE status = 'due';

-- Money that came in for an employer's month.
CREATE TABLE contribution.receipt (
    employer_no text        NOT NULL,              -- distribution key
    id          uuid        NOT NULL,
    month       integer     NOT NULL,
    reference   text        NOT NULL,              -- number at the tax authority; a repetition is recognised by it
    receivables bigint      NOT NULL,
    amount      bigint      NOT NULL,              -- fen
    arrived     date        NOT NULL,
    actor       uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT receipt_pk PRIMARY KEY (employer_no, id),
    CONSTRAINT receipt_once UNIQUE (employer_no, month, reference),
    CONSTRAINT receipt_amount CHECK (amount >= 0 AND receivables >= 0)
);

-- Deemed contribution (视同缴费), one row a person, as established from the personnel file.
CREATE TABLE contribution.deemed (
    person_no       text        NOT NULL,          -- distribution key
    months          integer     NOT NULL,
    months_to_1992  integer     NOT NULL,          -- of these, to 1992-12-31
    virtual_account bigint      NOT NULL,          -- 虚账实记 1993–1997, fen
    basis           text        NOT NULL,
    case_no         text,
    actor           uuid        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    CONSTRAINT deemed_pk PRIMARY KEY (person_no),
    CONSTRAINT deemed_plausible CHECK (
        months BETWEEN 0 AND 840 AND months_to_1992 BETWEEN 0 AND months AND virtual_account >= 0)
);

-- A levy run bills one month, employer by employer.
CREATE TABLE contribution.levy_run (
    id                 uuid        NOT NULL,
    month              integer     NOT NULL,
    state              text        NOT NULL DEFAULT 'running',
    accept_unconfirmed text,                       -- why unconfirmed parameters may be used; null: they may not
    actor              uuid        NOT NULL,
    started_at         timestamptz NOT NULL,
    finished_at        timestamptz,
    CONSTRAINT levy_run_pk PRIMARY KEY (id),
    CONSTRAINT levy_run_month CHECK (month BETWEEN 190001 AND 219912 AND month % 100 BETWEEN 1 AND 12),
    CONSTRAINT levy_run_state_known CHECK (state IN ('running', 'done')),
    CONSTRAINT levy_run_done_has_end CHECK ((state = 'done') = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX levy_run_one_at_a_time ON contribution.levy_run (month) WHERE state = 'running';
CREATE INDEX levy_run_by_time ON contribution.levy_run (started_at DESC);

CREATE TABLE contribution.levy_part (
    run         uuid        NOT NULL,
    employer_no text        NOT NULL,              -- distribution key
    state       text        NOT NULL DEFAULT 'open',
    added       bigint      NOT NULL DEFAULT 0,    -- receivables this part added
    amount      bigint      NOT NULL DEFAULT 0,    -- fen
    withheld    jsonb       NOT NULL DEFAULT '[]', -- what could not be billed and why, by code
    failure     text,
    done_at     timestamptz,
    CONSTRAINT levy_part_pk PRIMARY KEY (run, employer_no),
    CONSTRAINT levy_part_state_known CHECK (state IN ('open', 'done', 'failed'))
);
CREATE INDEX levy_part_open ON contribution.levy_part (run, employer_no) WHERE state = 'open';
