-- Appointments: composite and deferred keys, rules for conflicts, and names that need every kind of quotes.
CREATE TABLE [medical unit] (
  [unit no] INTEGER NOT NULL,
  "floor" INTEGER NOT NULL DEFAULT +1,
  `Name` TEXT NOT NULL CONSTRAINT "name is set" CHECK (`Name` <> ''),
  PRIMARY KEY ([unit no], "floor")
);
CREATE TABLE "select" (
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "group" INTEGER,
  'order' INTEGER DEFAULT (1 + 1),
  "per cent %" REAL DEFAULT 1e-3,
  "quote ""q""" TEXT DEFAULT 'it''s',
  UNIQUE ("from", "to") ON CONFLICT ROLLBACK,
  CHECK ("from" < "to")
);
CREATE TABLE patient (
  id INTEGER NOT NULL CONSTRAINT patient_key PRIMARY KEY DESC,
  "Größe" REAL CHECK ("Größe" > 0 AND "Größe" < 3),
  name TEXT NOT NULL COLLATE NOCASE,
  born DATE NOT NULL CHECK (born IS date(born)),
  insurance VARCHAR(20) UNIQUE ON CONFLICT IGNORE,
  gp INTEGER REFERENCES doctor (id) ON UPDATE CASCADE ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
  active BOOLEAN NOT NULL DEFAULT TRUE
);
CREATE TABLE doctor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit INTEGER,
  unit_floor INTEGER,
  favourite INTEGER REFERENCES patient,
  deputy INTEGER REFERENCES doctor ON DELETE SET NULL,
  CONSTRAINT doctor_unit FOREIGN KEY (unit, unit_floor) REFERENCES [medical unit] ([unit no], "floor")
    MATCH SIMPLE ON DELETE SET NULL ON UPDATE CASCADE NOT DEFERRABLE,
  CONSTRAINT no_own_deputy CHECK (deputy IS NULL OR deputy <> id)
);
CREATE TABLE appointment (
  doctor INTEGER NOT NULL REFERENCES doctor (id),
  starts DATETIME NOT NULL,
  ends DATETIME NOT NULL,
  patient INTEGER REFERENCES patient (id) ON DELETE CASCADE,
  minutes INTEGER NOT NULL GENERATED ALWAYS AS (CAST((julianday(ends) - julianday(starts)) * 1440 AS INTEGER)) STORED,
  notes TEXT DEFAULT NULL,
  cost NUMERIC(8, 2) NOT NULL DEFAULT 0,
  PRIMARY KEY (doctor, starts) ON CONFLICT FAIL,
  UNIQUE (patient, starts),
  CHECK (ends > starts),
  CHECK (cost >= 0 AND typeof(cost) IN ('integer', 'real'))
);
CREATE INDEX "appointment by day" ON appointment (date(starts), doctor DESC) WHERE patient IS NOT NULL;
CREATE UNIQUE INDEX patient_name ON patient (name COLLATE BINARY, born);
CREATE INDEX patient_initial ON patient (upper(substr(name, 1, 1)) COLLATE RTRIM ASC) WHERE active AND "Größe" > 1.5;
CREATE VIEW "today's" AS SELECT * FROM appointment WHERE date(starts) = date('now');
