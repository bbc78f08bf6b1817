-- Strict tables: every value has the type of its column.
CREATE TABLE warehouse (
  code TEXT NOT NULL PRIMARY KEY CHECK (code GLOB '[A-Z][A-Z][0-9]*'),
  name TEXT NOT NULL,
  capacity INT CHECK (capacity IS NULL OR capacity > 0),
  opened TEXT DEFAULT CURRENT_DATE
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  price REAL NOT NULL DEFAULT 0.0,
  photo BLOB,
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
  colour TEXT GENERATED ALWAYS AS (json_extract(attributes, '$.colour')) VIRTUAL,
  price_cents INT GENERATED ALWAYS AS (CAST(round(price * 100) AS INT)) STORED,
  extra ANY,
  CONSTRAINT price_not_negative CHECK (price >= 0)
) STRICT;
CREATE INDEX item_colour ON item (colour) WHERE colour IS NOT NULL;
CREATE UNIQUE INDEX item_name ON item (lower(name), price_cents DESC);

CREATE TABLE stock (
  warehouse TEXT NOT NULL REFERENCES warehouse ON UPDATE CASCADE,
  item INT NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
  quantity INT NOT NULL DEFAULT 0,
  reserved INT NOT NULL DEFAULT 0,
  free INT AS (quantity - reserved),
  counted_at TEXT,
  PRIMARY KEY (warehouse, item),
  CONSTRAINT reserved_fits CHECK (reserved BETWEEN 0 AND quantity)
) WITHOUT ROWID, STRICT;
CREATE INDEX stock_item ON stock (item, warehouse);
CREATE INDEX stock_low ON stock (free) WHERE free < 10;

CREATE TABLE movement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  warehouse TEXT NOT NULL,
  item INT NOT NULL,
  delta INT NOT NULL CHECK (delta <> 0),
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  reason TEXT NOT NULL DEFAULT 'count' CHECK (reason IN ('count', 'sale', 'return', 'it''s lost')),
  FOREIGN KEY (warehouse, item) REFERENCES stock (warehouse, item) ON DELETE CASCADE
) STRICT;
CREATE INDEX movement_day ON movement (date(at), reason COLLATE RTRIM);
CREATE TRIGGER movement_counts AFTER INSERT ON movement BEGIN
  UPDATE stock SET quantity = quantity + NEW.delta WHERE warehouse = NEW.warehouse AND item = NEW.item;
END;
