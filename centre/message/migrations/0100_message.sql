CREATE SCHEMA message;

-- One row per occurrence and recipient. The recipient is `user:<id>`, `person:<number>` or `employer:<number>` and is
-- the distribution key; what an employer's operators read, they read for all of them.
CREATE TABLE message.message (
    recipient  text        NOT NULL,
    id         uuid        NOT NULL,
    event_key  text        NOT NULL,
    template   text        NOT NULL,
    title      text        NOT NULL,
    body       text        NOT NULL,
    case_no    text,
    created_at timestamptz NOT NULL,
    read_at    timestamptz,
    read_by    uuid,
    CONSTRAINT message_pk PRIMARY KEY (recipient, id),
    CONSTRAINT message_event_uq UNIQUE (recipient, event_key),
    CONSTRAINT message_recipient_ck CHECK (recipient ~ '^(user|person|employer):.+$'),
    CONSTRAINT message_title_ck CHECK (char_length(title) BETWEEN 1 AND 100),
    CONSTRAINT message_body_ck CHECK (char_length(body) BETWEEN 1 AND 2000),
    CONSTRAINT message_read_ck CHECK ((read_at IS NULL) = (read_by IS NULL))
);

CREATE INDEX message_time_ix ON message.message (recipient, created_at DESC);
CREATE INDEX message_unread_ix ON message.message (recipient) WHERE read_at IS NULL;
