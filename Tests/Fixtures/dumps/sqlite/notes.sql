CREATE TABLE notebook (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE, created DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, notebook_id INTEGER NOT NULL REFERENCES notebook ON DELETE CASCADE, title TEXT DEFAULT '', body TEXT, CHECK (length(title) < 200));
CREATE INDEX note_notebook ON note (notebook_id, title DESC) WHERE title <> '';
CREATE VIRTUAL TABLE note_text USING fts5(title, body, content='note', content_rowid='id')
/* note_text(title,body) */;
CREATE TABLE IF NOT EXISTS 'note_text_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE IF NOT EXISTS 'note_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'note_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE IF NOT EXISTS 'note_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
  INSERT INTO note_text(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE VIEW recent AS SELECT n.id, n.title FROM note AS n ORDER BY n.id DESC LIMIT 10
/* recent(id,title) */;
CREATE TABLE sqlite_stat1(tbl,idx,stat);
