-- Events on their way, receipts, events that could not be delivered, and timers.
CREATE SCHEMA base;

-- An event waits here from the transaction that caused it until every receiver has it; then the row goes.
CREATE TABLE base.outbox (
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL,
    last_error text,
    CONSTRAINT outbox_pk PRIMARY KEY (id),
    CONSTRAINT outbox_topic_ck CHECK (topic <> ''),
    CONSTRAINT outbox_key_ck CHECK (key <> ''),
    CONSTRAINT outbox_attempts_ck CHECK (attempts >= 0)
);
CREATE INDEX outbox_due_ix ON base.outbox (next_at, id);

-- One row for each event that a receiver has worked through, written in the receiver's own transaction: this is what
-- turns "at least once" into "once".
CREATE TABLE base.inbox (
    topic       text        NOT NULL,
    key         text        NOT NULL,
    receiver    text        NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT inbox_pk PRIMARY KEY (topic, key, receiver)
);
CREATE INDEX inbox_received_ix ON base.inbox (received_at);

-- Events that failed too often; somebody has to look at them.
CREATE TABLE base.dead_event (
    id         bigint      NOT NULL,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    attempts   integer     NOT NULL,
    last_error text        NOT NULL,
    died_at    timestamptz NOT NULL,
    CONSTRAINT dead_event_pk PRIMARY KEY (id)
);

-- The last moment each timer went off, so that several nodes start a job once, and one that was down catches up.
CREATE TABLE base.timer (
    job       text        NOT NULL,
    crontab   text        NOT NULL,
    last_tick timestamptz NOT NULL,
    CONSTRAINT timer_pk PRIMARY KEY (job, crontab)
);
