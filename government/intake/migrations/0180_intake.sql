-- Drafts and their materials. A draft keeps every field as it was typed, valid or not, with where it came from.
CREATE SCHEMA intake;

CREATE TABLE intake.draft (
    draft_id uuid NOT NULL,
    user_id uuid NOT NULL,
    item_code text NOT NULL,
    item_version integer NOT NULL,
    person_no text,
    employer_no text,
    fields jsonb NOT NULL DEFAULT '{}',
    revision integer NOT NULL DEFAULT 0,
    case_no text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT draft_pk PRIMARY KEY (draft_id)
);
CREATE INDEX draft_of_user ON intake.draft (user_id, updated_at DESC) WHERE case_no IS NULL;

CREATE TABLE intake.material (
    draft_id uuid NOT NULL,
    code text NOT NULL,
    file_id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sm3 text NOT NULL,
    added_at timestamptz NOT NULL,
    CONSTRAINT material_pk PRIMARY KEY (draft_id, code, file_id),
    CONSTRAINT material_draft FOREIGN KEY (draft_id) REFERENCES intake.draft (draft_id) ON DELETE CASCADE
);
