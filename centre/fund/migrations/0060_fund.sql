-- Personal accounts: their standing and their yearly interest. The money itself is in the ledger.
CREATE SCHEMA fund;

CREATE TABLE fund.account (
    person_no        text        NOT NULL,         -- distribution key
    status           text        NOT NULL DEFAULT 'open',
    retired_month    integer,                      -- yyyymm of retirement
    interest_through integer,                      -- last calendar year with interest credited
    opened_at        timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    CONSTRAINT account_pk PRIMARY KEY (person_no),
    CONSTRAINT account_status_known CHECK (status IN ('open', 'retired', 'closed')),
    CONSTRAINT account_retired_has_month CHECK ((status = 'retired') = (retired_month IS NOT NULL) OR status = 'closed'),
    CONSTRAINT account_interest_year CHECK (interest_through IS NULL OR interest_through BETWEEN 1993 AND 2199)
) WITH (fillfactor = 80);

-- One row a year: what was credited, by which method, who chose it, and how it came about.
CREATE TABLE fund.account_year (
    person_no   text        NOT NULL,              -- distribution key
    year        integer     NOT NULL,
    opening     bigint      NOT NULL,              -- fen
    contributed bigint      NOT NULL,              -- fen
    interest    bigint      NOT NULL,              -- fen
    balance     bigint      NOT NULL,              -- fen, end of the year
    method      text        NOT NULL,              -- annual, annual_without_current_year, monthly_products, carried
    chosen      text,                              -- why this method, when the parameter did not decide
    derivation  jsonb       NOT NULL,
    actor       uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT account_year_pk PRIMARY KEY (person_no, year),
    CONSTRAINT account_year_adds_up CHECK (balance = opening + contributed + interest),
    CONSTRAINT account_year_not_negative CHECK (opening >= 0 AND contributed >= 0 AND interest >= 0)
);
