-- Cases, tasks, actions, ratings. The record itself is the work list: nothing here depends on an index kept elsewhere.
CREATE SCHEMA casework;

CREATE SEQUENCE casework.case_sequence MAXVALUE 9999999 CYCLE CACHE 20;

CREATE TABLE casework.case_file (
    case_no text NOT NULL,
    -- The draft (or client key) this case was submitted from: the same submission twice is the same case.
    submission_id uuid NOT NULL,
    -- Distribution key: the person the case is about, else the employer that applies.
    subject_key text NOT NULL,
    item_code text NOT NULL,
    item_version integer NOT NULL,
    item_name text NOT NULL,
    state text NOT NULL,
    outcome text,
    applicant_kind text NOT NULL,
    applicant_name text NOT NULL,
    applicant_user uuid NOT NULL,
    person_no text,
    employer_no text,
    org_path text NOT NULL,
    channel smallint NOT NULL,
    instance_id uuid NOT NULL,
    form jsonb NOT NULL,
    materials jsonb NOT NULL DEFAULT '[]',
    rules jsonb NOT NULL DEFAULT '[]',
    computed jsonb NOT NULL DEFAULT '{}',
    derivation jsonb NOT NULL DEFAULT '[]',
    correction jsonb,
    submitted_at timestamptz NOT NULL,
    accepted_at timestamptz,
    closed_at timestamptz,
    promised_due date,
    statutory_due date,
    clock_stopped_at timestamptz,
    clock_stop_reason text,
    row_version integer NOT NULL DEFAULT 0,
    CONSTRAINT case_file_pk PRIMARY KEY (case_no),
    CONSTRAINT case_file_submission UNIQUE (submission_id),
    CONSTRAINT case_file_state CHECK (state IN ('SUBMITTED', 'CORRECTION', 'REJECTED', 'ACCEPTED', 'IN_REVIEW', 'SUSPENDED',
        'CLOSED', 'WITHDRAWN', 'TERMINATED', 'ABANDONED', 'REVERSED')),
    CONSTRAINT case_file_applicant CHECK (applicant_kind IN ('person', 'employer')),
    CONSTRAINT case_file_subject CHECK (person_no IS NOT NULL OR employer_no IS NOT NULL),
    CONSTRAINT case_file_ended CHECK ((state IN ('REJECTED', 'CLOSED', 'WITHDRAWN', 'TERMINATED', 'ABANDONED', 'REVERSED'))
        = (closed_at IS NOT NULL)),
    CONSTRAINT case_file_stopped CHECK ((state IN ('CORRECTION', 'SUSPENDED')) = (clock_stopped_at IS NOT NULL))
);
CREATE INDEX case_file_person ON casework.case_file (person_no, submitted_at DESC) WHERE person_no IS NOT NULL;
CREATE INDEX case_file_employer ON casework.case_file (employer_no, submitted_at DESC) WHERE employer_no IS NOT NULL;
CREATE INDEX case_file_org ON casework.case_file (org_path text_pattern_ops, submitted_at DESC);

CREATE TABLE casework.task (
    task_id uuid NOT NULL,
    case_no text NOT NULL,
    node text NOT NULL,
    node_name text NOT NULL,
    role text NOT NULL,
    org_path text NOT NULL,
    actions text[] NOT NULL,
    four_eyes text[] NOT NULL DEFAULT '{}',
    state text NOT NULL,
    offered_to uuid,
    claimed_by uuid,
    claimed_at timestamptz,
    opened_at timestamptz NOT NULL,
    due date,
    ended_at timestamptz,
    ended_by uuid,
    ended_how text,
    CONSTRAINT task_pk PRIMARY KEY (task_id),
    CONSTRAINT task_case FOREIGN KEY (case_no) REFERENCES casework.case_file (case_no),
    CONSTRAINT task_state CHECK (state IN ('OPEN', 'CLAIMED', 'WAITING', 'DONE', 'CANCELLED')),
    CONSTRAINT task_claimed CHECK (state <> 'CLAIMED' OR claimed_by IS NOT NULL),
    CONSTRAINT task_ended CHECK ((state IN ('DONE', 'CANCELLED')) = (ended_at IS NOT NULL))
);
CREATE INDEX task_of_case ON casework.task (case_no);
CREATE INDEX task_offered ON casework.task (offered_to, opened_at) WHERE state = 'OPEN';
CREATE INDEX task_pool ON casework.task (role, org_path text_pattern_ops, opened_at) WHERE state = 'OPEN' AND offered_to IS NULL;
CREATE INDEX task_claimed_by ON casework.task (claimed_by, claimed_at) WHERE state IN ('CLAIMED', 'WAITING');
CREATE INDEX task_ended_by ON casework.task (ended_by, ended_at DESC) WHERE state = 'DONE';

-- What happened, in order; never changed. The client chooses the id, so that a repeated request is recognised.
CREATE TABLE casework.action (
    action_id uuid NOT NULL,
    case_no text NOT NULL,
    task_id uuid,
    node text,
    node_name text,
    action text NOT NULL,
    actor uuid NOT NULL,
    actor_name text NOT NULL,
    organisation text,
    opinion text,
    detail jsonb NOT NULL DEFAULT '{}',
    state_after text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT action_pk PRIMARY KEY (action_id),
    CONSTRAINT action_case FOREIGN KEY (case_no) REFERENCES casework.case_file (case_no)
);
CREATE INDEX action_of_case ON casework.action (case_no, at);

CREATE FUNCTION casework.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'casework.action is append-only';
END
$$;
CREATE TRIGGER action_append_only BEFORE UPDATE OR DELETE ON casework.action
    FOR EACH ROW EXECUTE FUNCTION casework.refuse_change();

CREATE TABLE casework.case_document (
    case_no text NOT NULL,
    document_id uuid NOT NULL,
    name text NOT NULL,
    number text NOT NULL,
    verify_code text NOT NULL,
    issued_at timestamptz NOT NULL,
    CONSTRAINT case_document_pk PRIMARY KEY (case_no, document_id),
    CONSTRAINT case_document_case FOREIGN KEY (case_no) REFERENCES casework.case_file (case_no)
);

CREATE TABLE casework.rating (
    case_no text NOT NULL,
    score smallint NOT NULL,
    comment text,
    channel smallint NOT NULL,
    rated_by uuid NOT NULL,
    rated_at timestamptz NOT NULL,
    CONSTRAINT rating_pk PRIMARY KEY (case_no),
    CONSTRAINT rating_case FOREIGN KEY (case_no) REFERENCES casework.case_file (case_no),
    CONSTRAINT rating_score CHECK (score BETWEEN 1 AND 5)
);
