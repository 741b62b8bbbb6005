-- Who got a task and why. One row a task; candidates and scores are kept so that the choice can be replayed.
CREATE SCHEMA dispatch;

-- Open work per officer. Locked with SKIP LOCKED when an officer is chosen, so that concurrent allotments never queue.
CREATE TABLE dispatch.workload (
    user_id uuid NOT NULL,
    open_tasks bigint NOT NULL DEFAULT 0,
    CONSTRAINT workload_pk PRIMARY KEY (user_id),
    CONSTRAINT workload_not_negative CHECK (open_tasks >= 0)
);

CREATE TABLE dispatch.allotment (
    task_id uuid NOT NULL,
    case_no text NOT NULL,
    chosen uuid,
    rule text NOT NULL,
    candidates jsonb NOT NULL,
    decided_at timestamptz NOT NULL,
    CONSTRAINT allotment_pk PRIMARY KEY (task_id),
    CONSTRAINT allotment_rule CHECK (rule IN ('least_loaded', 'same_officer', 'nobody_entitled', 'transferred')),
    CONSTRAINT allotment_chosen CHECK ((rule = 'nobody_entitled') = (chosen IS NULL))
);
CREATE INDEX allotment_case ON dispatch.allotment (case_no);
