CREATE SCHEMA files;

-- One row per upload or produced file. Content lies in the object store under its SM3 digest, so that equal content
-- is stored once; several rows may point at one object.
CREATE TABLE files.file (
    id          uuid        NOT NULL,
    name        text        NOT NULL,
    media_type  text        NOT NULL,
    size        bigint      NOT NULL,
    sm3         text        NOT NULL,
    stored_path text        NOT NULL,
    uploaded_by uuid        NOT NULL,
    uploaded_at timestamptz NOT NULL,
    purpose     text        NOT NULL,
    CONSTRAINT file_pk PRIMARY KEY (id),
    CONSTRAINT file_name_ck CHECK (char_length(name) BETWEEN 1 AND 120 AND name !~ '[/\\]'),
    CONSTRAINT file_size_ck CHECK (size > 0),
    CONSTRAINT file_sm3_ck CHECK (sm3 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT file_purpose_ck CHECK (purpose ~ '^[a-z_]{1,40}$')
);

-- The sweeper asks whether any row still needs an object.
CREATE INDEX file_sm3_ix ON files.file (sm3);
CREATE INDEX file_uploader_ix ON files.file (uploaded_by, uploaded_at);
