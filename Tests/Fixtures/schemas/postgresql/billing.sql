-- Invoices and a ledger: domains, a composite type, sequences beside their tables, composite keys, storage parameters.
CREATE DOMAIN currency AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$') DEFAULT 'EUR';
CREATE DOMAIN amount AS numeric(14, 2) NOT NULL;
CREATE TYPE address AS (street text, zip varchar(10), city text);

CREATE SEQUENCE invoice_number AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 999999 START WITH 1000 CACHE 10 CYCLE;
CREATE SEQUENCE countdown INCREMENT BY -1 MINVALUE -1000 MAXVALUE 0 START WITH 0;
COMMENT ON SEQUENCE invoice_number IS 'Starts again at 1';

CREATE TABLE customer (
    tenant int NOT NULL,
    number int NOT NULL,
    name text NOT NULL,
    billing_address address,
    addresses address[],
    vat_id varchar(20),
    currency currency,
    limits int4range NOT NULL DEFAULT '[0,1000)',
    discount numeric(4, 3) DEFAULT 0.0 CHECK (discount >= 0 AND discount < 1),
    CONSTRAINT customer_key PRIMARY KEY (tenant, number) WITH (fillfactor = 90),
    CONSTRAINT customer_vat UNIQUE (tenant, vat_id)
) WITH (fillfactor = 85);

CREATE TABLE invoice (
    tenant int NOT NULL,
    number int NOT NULL DEFAULT nextval('invoice_number'),
    customer int NOT NULL,
    issued date NOT NULL DEFAULT CURRENT_DATE,
    due date GENERATED ALWAYS AS (issued + 30) STORED,
    net amount,
    vat amount DEFAULT 0,
    gross numeric(14, 2) GENERATED ALWAYS AS (net + vat) STORED,
    currency currency NOT NULL DEFAULT 'USD',
    paid timestamptz,
    reminder_days int[] DEFAULT '{14,28}',
    CONSTRAINT invoice_key PRIMARY KEY (tenant, number),
    CONSTRAINT invoice_customer FOREIGN KEY (tenant, customer) REFERENCES customer (tenant, number)
        MATCH FULL ON UPDATE CASCADE ON DELETE RESTRICT,
    CONSTRAINT vat_not_negative CHECK (vat >= 0),
    CONSTRAINT paid_after_issue CHECK (paid IS NULL OR paid::date >= issued) NO INHERIT
);
CREATE INDEX invoice_open ON invoice (tenant, due) INCLUDE (gross) WHERE paid IS NULL;
CREATE INDEX invoice_customer_idx ON invoice (tenant, customer, issued DESC);

CREATE TABLE invoice_line (
    tenant int NOT NULL,
    invoice int NOT NULL,
    line smallint NOT NULL,
    text varchar(500) NOT NULL,
    quantity numeric NOT NULL DEFAULT 1,
    unit_price amount,
    PRIMARY KEY (tenant, invoice, line) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (tenant, invoice) REFERENCES invoice ON DELETE CASCADE
);

CREATE TABLE account (
    code text PRIMARY KEY CHECK (code SIMILAR TO '[0-9]{4}'),
    parent text REFERENCES account DEFERRABLE INITIALLY DEFERRED,
    kind "char" NOT NULL DEFAULT 'A',
    name text NOT NULL
);
COMMENT ON CONSTRAINT account_code_check ON account IS 'Four digits';

CREATE TABLE entry (
    id bigserial PRIMARY KEY,
    account text NOT NULL REFERENCES account ON UPDATE CASCADE,
    tenant int NOT NULL,
    invoice int,
    booked timestamp(0) without time zone NOT NULL DEFAULT LOCALTIMESTAMP(0),
    debit amount DEFAULT 0.00,
    credit amount DEFAULT 0.00,
    CONSTRAINT entry_invoice FOREIGN KEY (tenant, invoice) REFERENCES invoice (tenant, number) ON DELETE SET NULL,
    CONSTRAINT entry_one_side CHECK ((debit = 0) <> (credit = 0))
);
ALTER TABLE entry ALTER COLUMN account SET STATISTICS 500;
CREATE INDEX entry_booked ON entry USING brin (booked timestamp_minmax_ops) WITH (pages_per_range = 16, autosummarize = on);
CREATE UNIQUE INDEX entry_once ON entry (tenant, coalesce(invoice, -1), account, (booked::date));
