CREATE TABLE place (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, guid TEXT);
CREATE TABLE visit (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, kind INTEGER);
CREATE UNIQUE INDEX place_guid ON place (guid);
CREATE INDEX visit_place ON visit (place_id, visit_date);
CREATE VIRTUAL TABLE area USING rtree(id, min_x, max_x, min_y, max_y)
/* area(id,min_x,max_x,min_y,max_y) */;
CREATE TABLE IF NOT EXISTS "area_rowid"(rowid INTEGER PRIMARY KEY,nodeno);
CREATE TABLE IF NOT EXISTS "area_node"(nodeno INTEGER PRIMARY KEY,data);
CREATE TABLE IF NOT EXISTS "area_parent"(nodeno INTEGER PRIMARY KEY,parentnode);
CREATE TABLE IF NOT EXISTS "order" ([group] TEXT, `select` INT, "a ""b" REAL, PRIMARY KEY ([group], `select`)) WITHOUT ROWID;
