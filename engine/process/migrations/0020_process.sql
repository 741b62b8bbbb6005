-- Definitions by version, running instances, and what happened to them.
CREATE SCHEMA process;

CREATE TABLE process.definition (
    definition_id text NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    digest text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT definition_pk PRIMARY KEY (definition_id, version),
    CONSTRAINT definition_version CHECK (version > 0),
    CONSTRAINT definition_digest CHECK (digest ~ '^[0-9a-f]{64}$')
);

-- instance_id is the distribution key of both tables below: a step touches one instance and its own events.
CREATE TABLE process.instance (
    instance_id uuid NOT NULL,
    definition_id text NOT NULL,
    version integer NOT NULL,
    business_key text NOT NULL,
    state text NOT NULL,
    -- The whole instance: tokens, open tasks, variables. Its size does not grow with age.
    tokens jsonb NOT NULL,
    -- Number of events so far.
    row_version integer NOT NULL,
    started_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT instance_pk PRIMARY KEY (instance_id),
    CONSTRAINT instance_definition FOREIGN KEY (definition_id, version)
        REFERENCES process.definition (definition_id, version),
    CONSTRAINT instance_state CHECK (state IN ('running', 'correction', 'suspended', 'finished')),
    CONSTRAINT instance_row_version CHECK (row_version > 0)
);
CREATE INDEX instance_business_key ON process.instance (business_key);
CREATE INDEX instance_alive ON process.instance (definition_id, version) WHERE state <> 'finished';

CREATE TABLE process.event (
    instance_id uuid NOT NULL,
    seq integer NOT NULL,
    event jsonb NOT NULL,
    actor uuid NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT event_pk PRIMARY KEY (instance_id, seq),
    CONSTRAINT event_instance FOREIGN KEY (instance_id) REFERENCES process.instance (instance_id)
);

CREATE FUNCTION process.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'process.% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON process.event
    FOR EACH ROW EXECUTE FUNCTION process.refuse_change();
CREATE TRIGGER definition_immutable BEFORE UPDATE OR DELETE ON process.definition
    FOR EACH ROW EXECUTE FUNCTION process.refuse_change();
