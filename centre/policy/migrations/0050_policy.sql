-- Parameter rows entered at the desk: later-dated values, proposed by one person and released by another.
CREATE SCHEMA policy;

CREATE TABLE policy.parameter_row (
    id uuid CONSTRAINT parameter_row_pk PRIMARY KEY,
    key text NOT NULL CONSTRAINT parameter_row_key CHECK (key ~ '^[a-z0-9_.]{1,100}$'),
    region text NOT NULL CONSTRAINT parameter_row_region CHECK (region ~ '^[0-9]{6}$'),
    effective_from date NOT NULL,
    effective_to date,
    -- In the form of the catalogue files: decimals and yuan as text, months as number, tables as object.
    value jsonb NOT NULL,
    doc_no text NOT NULL CONSTRAINT parameter_row_doc_no CHECK (doc_no <> ''),
    doc_expiry date,
    basis text NOT NULL CONSTRAINT parameter_row_basis CHECK (basis <> ''),
    note text,
    status text NOT NULL CONSTRAINT parameter_row_status CHECK (status IN ('proposed', 'released', 'rejected')),
    proposed_by uuid NOT NULL,
    proposed_by_name text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_by_name text,
    decided_at timestamptz,
    opinion text,
    CONSTRAINT parameter_row_period CHECK (effective_to IS NULL OR effective_to >= effective_from),
    CONSTRAINT parameter_row_decided CHECK (
        (status = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
    ),
    -- Nobody releases a value they proposed themselves.
    CONSTRAINT parameter_row_two_people CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX parameter_row_once ON policy.parameter_row (key, region, effective_from)
    WHERE status <> 'rejected';
