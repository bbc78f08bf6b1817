-- Orders and measurements in partitions: by range, list and hash, in two levels, with keys and indexes.
CREATE SCHEMA archive;

CREATE TABLE region (
    code char(2) PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    placed date NOT NULL,
    region char(2) NOT NULL REFERENCES region (code) ON UPDATE CASCADE,
    total numeric(12, 2) NOT NULL DEFAULT 0 CHECK (total >= 0),
    note text COLLATE "C",
    PRIMARY KEY (placed, region, id)
) PARTITION BY RANGE (placed);

CREATE TABLE orders_2023 PARTITION OF orders FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
    PARTITION BY LIST (region);
CREATE TABLE orders_2024_eu PARTITION OF orders_2024 FOR VALUES IN ('DE', 'FR', 'IT');
CREATE TABLE orders_2024_rest PARTITION OF orders_2024 DEFAULT;
CREATE TABLE archive.orders_old PARTITION OF orders FOR VALUES FROM (MINVALUE) TO ('2023-01-01')
    WITH (fillfactor = 70);
CREATE TABLE orders_later PARTITION OF orders DEFAULT;

CREATE INDEX orders_region_idx ON orders (region, placed DESC);
CREATE UNIQUE INDEX orders_note_key ON orders (placed, region, note) WHERE note IS NOT NULL;
CREATE INDEX orders_2023_total ON orders_2023 (total) INCLUDE (region);

CREATE TABLE order_line (
    placed date NOT NULL,
    region char(2) NOT NULL,
    order_id bigint NOT NULL,
    line smallint NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL DEFAULT 1,
    price numeric(12, 4) NOT NULL,
    amount numeric GENERATED ALWAYS AS (quantity * price) STORED,
    PRIMARY KEY (placed, region, order_id, line),
    CONSTRAINT order_line_order FOREIGN KEY (placed, region, order_id) REFERENCES orders (placed, region, id) ON DELETE CASCADE,
    CONSTRAINT quantity_positive CHECK (quantity > 0)
);
CREATE INDEX order_line_sku ON order_line USING hash (sku);

CREATE TABLE stock (
    sku text NOT NULL,
    shelf integer NOT NULL,
    quantity integer NOT NULL DEFAULT 0,
    CONSTRAINT stock_key PRIMARY KEY (sku, shelf)
) PARTITION BY HASH (sku);
CREATE TABLE stock_0 PARTITION OF stock FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE stock_1 PARTITION OF stock FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE stock_2 PARTITION OF stock FOR VALUES WITH (MODULUS 3, REMAINDER 2);

CREATE TABLE reading (
    sensor integer NOT NULL,
    taken timestamptz NOT NULL,
    value double precision
) PARTITION BY RANGE (sensor, (date_trunc('month', taken AT TIME ZONE 'UTC')));
CREATE TABLE reading_1 PARTITION OF reading FOR VALUES FROM (1, MINVALUE) TO (100, MAXVALUE);
CREATE INDEX reading_taken ON reading USING brin (taken) WITH (pages_per_range = 32);
COMMENT ON TABLE reading IS 'Values of sensors, by month';
COMMENT ON COLUMN orders.note IS 'Free text';
