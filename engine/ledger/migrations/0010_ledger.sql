-- Double-entry ledger: accounts with cumulative totals, append-only transfers, closed periods.
CREATE SCHEMA ledger;

-- An account is named by (book, kind, owner); its id is derived from that name, so that nobody has to look it up.
-- totals = 'kept': the row carries cumulative totals (one owner's own account: nobody else waits for this row).
-- totals = 'summed': the row carries none and totals are summed from transfers, because thousands of postings share it.
CREATE TABLE ledger.account (
    owner     text        NOT NULL,                -- distribution key
    id        uuid        NOT NULL,
    book      text        NOT NULL,
    kind      text        NOT NULL,
    side      text        NOT NULL,
    totals    text        NOT NULL,
    limited   boolean     NOT NULL,                -- may the balance fall below zero? true: no
    debits    bigint      NOT NULL DEFAULT 0,      -- fen, cumulative, never falls
    credits   bigint      NOT NULL DEFAULT 0,      -- fen, cumulative, never falls
    opened_at timestamptz NOT NULL,
    CONSTRAINT account_pk PRIMARY KEY (owner, id),
    CONSTRAINT account_name_once UNIQUE (owner, book, kind),
    CONSTRAINT account_name_given CHECK (owner <> '' AND book <> '' AND kind <> ''),
    CONSTRAINT account_side_known CHECK (side IN ('debit', 'credit')),
    CONSTRAINT account_totals_known CHECK (totals IN ('kept', 'summed')),
    CONSTRAINT account_totals_not_negative CHECK (debits >= 0 AND credits >= 0),
    CONSTRAINT account_summed_holds_none CHECK (totals = 'kept' OR (debits = 0 AND credits = 0)),
    CONSTRAINT account_limited_is_kept CHECK (NOT limited OR totals = 'kept'),
    CONSTRAINT account_not_overdrawn CHECK (
        NOT limited
        OR (side = 'credit' AND debits <= credits)
        OR (side = 'debit' AND credits <= debits))
) WITH (fillfactor = 80);
CREATE INDEX account_by_id ON ledger.account (id);

-- A transfer moves one amount from one account to another, so that every transfer balances by construction.
CREATE TABLE ledger.transfer (
    owner          text        NOT NULL,           -- distribution key: whose movement it is
    id             uuid        NOT NULL,           -- chosen by the client; a repetition is recognised by it
    book           text        NOT NULL,
    debit_account  uuid        NOT NULL,
    credit_account uuid        NOT NULL,
    amount         bigint      NOT NULL,           -- fen
    code           integer     NOT NULL,           -- why
    period         integer     NOT NULL,           -- yyyymm it is booked in
    effective      date        NOT NULL,
    reverses       uuid,                           -- the transfer it takes back
    case_no        text,
    reference      text        NOT NULL,
    actor          uuid        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    CONSTRAINT transfer_pk PRIMARY KEY (owner, id),
    CONSTRAINT transfer_amount_positive CHECK (amount > 0),
    CONSTRAINT transfer_two_accounts CHECK (debit_account <> credit_account),
    CONSTRAINT transfer_code_positive CHECK (code > 0),
    CONSTRAINT transfer_period_is_month CHECK (period BETWEEN 190001 AND 219912 AND period % 100 BETWEEN 1 AND 12)
);
-- No foreign keys to ledger.account on purpose: each would take a share lock on the one fund-side row per posting.
-- Accounts can't be deleted and `audit` looks for transfers without an account.
CREATE INDEX transfer_by_debit ON ledger.transfer (debit_account, period, owner);
CREATE INDEX transfer_by_credit ON ledger.transfer (credit_account, period, owner);
CREATE INDEX transfer_by_case ON ledger.transfer (case_no) WHERE case_no IS NOT NULL;
CREATE UNIQUE INDEX transfer_reversed_once ON ledger.transfer (owner, reverses) WHERE reverses IS NOT NULL;

-- Closing a period closes every earlier one of the book too.
CREATE TABLE ledger.closing (
    book      text        NOT NULL,
    period    integer     NOT NULL,
    closed_at timestamptz NOT NULL,
    actor     uuid        NOT NULL,
    totalled  boolean     NOT NULL DEFAULT false,  -- ledger.period_total holds its sums
    transfers bigint      NOT NULL DEFAULT 0,      -- transfers of this and earlier periods when it was totalled
    moved     numeric     NOT NULL DEFAULT 0,      -- and their amount, fen
    CONSTRAINT closing_pk PRIMARY KEY (book, period),
    CONSTRAINT closing_period_is_month CHECK (period BETWEEN 190001 AND 219912 AND period % 100 BETWEEN 1 AND 12)
);

-- Sums of summed accounts in closed periods, so that a balance reads the open periods only.
CREATE TABLE ledger.period_total (
    account uuid    NOT NULL,
    period  integer NOT NULL,
    book    text    NOT NULL,
    debits  bigint  NOT NULL,
    credits bigint  NOT NULL,
    CONSTRAINT period_total_pk PRIMARY KEY (account, period),
    CONSTRAINT period_total_not_negative CHECK (debits >= 0 AND credits >= 0)
);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only; post a reversal instead', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE ON ledger.transfer
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON ledger.transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER account_no_delete BEFORE DELETE ON ledger.account
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON ledger.account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER closing_no_delete BEFORE DELETE ON ledger.closing
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- Only the totals of an account may change, and they only grow.
CREATE FUNCTION ledger.account_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.owner <> OLD.owner OR NEW.id <> OLD.id OR NEW.book <> OLD.book OR NEW.kind <> OLD.kind
        OR NEW.side <> OLD.side OR NEW.totals <> OLD.totals OR NEW.limited <> OLD.limited
        OR NEW.opened_at <> OLD.opened_at OR NEW.debits < OLD.debits OR NEW.credits < OLD.credits THEN
        RAISE EXCEPTION 'totals of an account only grow' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_only_grows BEFORE UPDATE ON ledger.account
    FOR EACH ROW EXECUTE FUNCTION ledger.account_only_grows();
