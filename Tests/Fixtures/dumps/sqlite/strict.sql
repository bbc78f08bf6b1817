CREATE TABLE reading (sensor TEXT NOT NULL, at INTEGER NOT NULL, value REAL, raw BLOB, twice REAL GENERATED ALWAYS AS (value * 2) VIRTUAL, day INTEGER AS (at / 86400) STORED, PRIMARY KEY (sensor, at)) STRICT, WITHOUT ROWID;
CREATE INDEX reading_day ON reading (day, abs(value));
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
