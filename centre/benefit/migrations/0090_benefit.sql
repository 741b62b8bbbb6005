-- Awards, payments, runs. An award is never overwritten: a correction is a new award with differences to pay or recover.
CREATE SCHEMA benefit;

CREATE TABLE benefit.award (
    award_id uuid NOT NULL,
    person_no text NOT NULL,
    -- Sixteen partitions by person, so that a run can be worked by several nodes and restarted at a partition.
    part smallint NOT NULL,
    case_no text NOT NULL,
    retire_kind text NOT NULL,
    retire_month integer NOT NULL,
    start_month integer NOT NULL,
    basic_fen bigint NOT NULL,
    account_fen bigint NOT NULL,
    transitional_fen bigint NOT NULL,
    total_fen bigint NOT NULL,
    provisional boolean NOT NULL,
    facts jsonb NOT NULL,
    derivation jsonb NOT NULL,
    payee_name text NOT NULL,
    payee_bank text NOT NULL,
    payee_account text NOT NULL,
    status text NOT NULL,
    awarded_at timestamptz NOT NULL,
    awarded_by uuid NOT NULL,
    ended_at timestamptz,
    ended_reason text,
    CONSTRAINT award_pk PRIMARY KEY (person_no, award_id),
    CONSTRAINT award_case UNIQUE (case_no),
    CONSTRAINT award_part CHECK (part BETWEEN 0 AND 15),
    CONSTRAINT award_status CHECK (status IN ('active', 'void', 'replaced', 'ended')),
    CONSTRAINT award_ended CHECK ((status = 'active') = (ended_at IS NULL)),
    CONSTRAINT award_sum CHECK (total_fen = basic_fen + account_fen + transitional_fen),
    CONSTRAINT award_positive CHECK (basic_fen >= 0 AND account_fen >= 0 AND transitional_fen >= 0),
    CONSTRAINT award_start CHECK (start_month > retire_month)
);
-- One pension a person.
CREATE UNIQUE INDEX award_one_active ON benefit.award (person_no) WHERE status = 'active';
CREATE INDEX award_of_part ON benefit.award (part, start_month) WHERE status = 'active';

CREATE TABLE benefit.payment (
    person_no text NOT NULL,
    month integer NOT NULL,
    kind text NOT NULL,
    award_id uuid NOT NULL,
    part smallint NOT NULL,
    amount_fen bigint NOT NULL,
    account_fen bigint NOT NULL,
    run_month integer NOT NULL,
    reference text NOT NULL,
    paid_at timestamptz NOT NULL,
    CONSTRAINT payment_pk PRIMARY KEY (person_no, month, kind),
    CONSTRAINT payment_kind CHECK (kind IN ('regular', 'arrears', 'difference')),
    CONSTRAINT payment_amount CHECK (amount_fen > 0 AND account_fen BETWEEN 0 AND amount_fen)
);
CREATE INDEX payment_of_run ON benefit.payment (run_month, part);

CREATE TABLE benefit.payment_run (
    month integer NOT NULL,
    part smallint NOT NULL,
    state text NOT NULL,
    payments bigint NOT NULL DEFAULT 0,
    amount_fen bigint NOT NULL DEFAULT 0,
    finished_at timestamptz,
    CONSTRAINT payment_run_pk PRIMARY KEY (month, part),
    CONSTRAINT payment_run_state CHECK (state IN ('open', 'done')),
    CONSTRAINT payment_run_done CHECK ((state = 'done') = (finished_at IS NOT NULL))
);
