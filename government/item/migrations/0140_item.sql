-- Published item versions, so that running cases keep the version they began with, and whether items can be applied for.
CREATE SCHEMA item;

CREATE TABLE item.version (
    code text NOT NULL,
    version integer NOT NULL,
    file text NOT NULL,
    source text NOT NULL,
    digest text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT version_pk PRIMARY KEY (code, version),
    CONSTRAINT version_number CHECK (version > 0),
    CONSTRAINT version_digest CHECK (digest ~ '^[0-9a-f]{64}$')
);

-- One row for each change of status; the newest counts, none means published.
CREATE TABLE item.status_change (
    change_id uuid NOT NULL,
    code text NOT NULL,
    seq integer NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    author uuid NOT NULL,
    author_name text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT status_change_pk PRIMARY KEY (change_id),
    CONSTRAINT status_change_order UNIQUE (code, seq),
    CONSTRAINT status_change_status CHECK (status IN ('published', 'suspended')),
    CONSTRAINT status_change_reason CHECK (length(btrim(reason)) > 0)
);

CREATE FUNCTION item.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'item.% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER version_immutable BEFORE UPDATE OR DELETE ON item.version
    FOR EACH ROW EXECUTE FUNCTION item.refuse_change();
CREATE TRIGGER status_change_append_only BEFORE UPDATE OR DELETE ON item.status_change
    FOR EACH ROW EXECUTE FUNCTION item.refuse_change();
