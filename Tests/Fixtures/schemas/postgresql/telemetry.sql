-- Devices and what they measure: every kind of type and index, and keys between schemas.
CREATE SCHEMA inventory;
CREATE SCHEMA "Metrics 2";

CREATE TYPE inventory.state AS ENUM ('new', 'active', 'broken', 'retired');

CREATE TABLE inventory.site (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    network cidr NOT NULL,
    place point,
    fence polygon,
    opening_hours tsrange[],
    CONSTRAINT site_network EXCLUDE USING gist (network inet_ops WITH &&)
);
CREATE INDEX site_place ON inventory.site USING gist (place);

CREATE TABLE inventory.device (
    id uuid PRIMARY KEY,
    serial varchar(64) NOT NULL,
    mac macaddr8,
    address inet,
    site integer REFERENCES inventory.site ON DELETE SET NULL,
    state inventory.state NOT NULL DEFAULT 'new',
    flags bit(8) NOT NULL DEFAULT B'00000000',
    options bit varying(64),
    config xml,
    price money DEFAULT 0,
    warranty interval year to month,
    uptime interval(0),
    replaced_by uuid UNIQUE,
    last_seen timestamptz(3),
    calibrated time(3) with time zone,
    CONSTRAINT device_serial UNIQUE (serial) INCLUDE (state),
    CONSTRAINT device_replaced FOREIGN KEY (replaced_by) REFERENCES inventory.device (id)
        ON UPDATE CASCADE ON DELETE SET DEFAULT,
    CONSTRAINT device_state CHECK (state <> 'retired' OR replaced_by IS NOT NULL)
);
CREATE INDEX device_mac ON inventory.device USING hash (mac);
CREATE INDEX device_serial_prefix ON inventory.device (serial varchar_pattern_ops);
CREATE INDEX device_state_idx ON inventory.device (state, last_seen DESC NULLS LAST) WHERE state IN ('active', 'broken');
CREATE INDEX device_address ON inventory.device USING spgist (address);

CREATE TABLE "Metrics 2"."Channel" (
    "Id" smallserial PRIMARY KEY,
    "Device" uuid NOT NULL REFERENCES inventory.device ON DELETE CASCADE,
    "Unit %" text NOT NULL DEFAULT '°C',
    "from" double precision DEFAULT '-Infinity',
    "to" double precision DEFAULT 'Infinity',
    matrix real[][] DEFAULT '{{1,0},{0,1}}',
    state inventory.state,
    CONSTRAINT "Channel bounds" CHECK ("from" < "to"),
    CONSTRAINT "Unit_Device" UNIQUE ("Unit %", "Device")
);
COMMENT ON COLUMN "Metrics 2"."Channel"."Unit %" IS 'SI; with a quote '' and a \ backslash';
CREATE INDEX "Channel ""Device""" ON "Metrics 2"."Channel" ("Device");

CREATE TABLE "Metrics 2".sample (
    channel smallint NOT NULL REFERENCES "Metrics 2"."Channel" ("Id"),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    value double precision NOT NULL,
    quality smallint NOT NULL DEFAULT 100 CHECK (quality BETWEEN 0 AND 100),
    tags jsonb,
    rounded numeric(10, 2) GENERATED ALWAYS AS (round(value::numeric, 2)) STORED,
    day date GENERATED ALWAYS AS ((at AT TIME ZONE 'UTC')::date) STORED,
    CONSTRAINT sample_key PRIMARY KEY (channel, at)
);
CREATE INDEX sample_at ON "Metrics 2".sample USING brin (at, channel) WITH (pages_per_range = 64);
CREATE INDEX sample_day ON "Metrics 2".sample (day, channel) WHERE quality > 50;
CREATE INDEX sample_outliers ON "Metrics 2".sample (abs(value) DESC) WHERE abs(value) > 1e6;

CREATE TABLE "Metrics 2".alarm (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 9223372036854775807 INCREMENT BY -1 MINVALUE 1
        MAXVALUE 9223372036854775807),
    channel smallint NOT NULL,
    at timestamptz NOT NULL,
    severity int NOT NULL DEFAULT 1,
    message text DEFAULT E'line one\nline two',
    acknowledged_by text DEFAULT NULL,
    FOREIGN KEY (channel, at) REFERENCES "Metrics 2".sample,
    PRIMARY KEY (id)
);
CREATE INDEX ON "Metrics 2".alarm ((severity > 3), channel);
CREATE INDEX ON "Metrics 2".alarm (channel, at);
