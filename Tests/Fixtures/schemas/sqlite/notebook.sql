CREATE TABLE notebooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL DEFAULT '',
  parent_id INTEGER REFERENCES notebooks(id) ON DELETE SET NULL,
  created_time INT NOT NULL,
  is_shared BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  notebook_id INTEGER NOT NULL REFERENCES notebooks(id) ON DELETE CASCADE,
  title TEXT NOT NULL DEFAULT "",
  body TEXT NOT NULL DEFAULT "",
  is_todo INT NOT NULL DEFAULT 0 CHECK (is_todo IN (0, 1)),
  todo_due INT NOT NULL DEFAULT 0,
  latitude NUMERIC NOT NULL DEFAULT 0,
  source_url TEXT,
  word_count INT GENERATED ALWAYS AS (length(body) - length(replace(body, ' ', '')) + 1) VIRTUAL,
  updated_time INT NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INT) * 1000)
);
CREATE INDEX notes_title ON notes (title COLLATE NOCASE);
CREATE INDEX notes_due ON notes (todo_due DESC) WHERE is_todo = 1 AND todo_due > 0;
CREATE INDEX notes_host ON notes (substr(source_url, 1, instr(source_url || '/', '/') - 1));
CREATE TABLE tags (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL COLLATE NOCASE UNIQUE
) WITHOUT ROWID;
CREATE TABLE note_tags (
  note_id TEXT NOT NULL,
  tag_id TEXT NOT NULL,
  PRIMARY KEY (note_id, tag_id),
  FOREIGN KEY (note_id) REFERENCES notes(id) ON DELETE CASCADE,
  FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE INDEX note_tags_tag ON note_tags (tag_id);
CREATE VIRTUAL TABLE notes_fts USING fts5(title, body, content=notes, content_rowid=rowid, tokenize='porter unicode61')
/* notes_fts(title,body) */;
CREATE TABLE IF NOT EXISTS 'notes_fts_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE IF NOT EXISTS 'notes_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'notes_fts_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE IF NOT EXISTS 'notes_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE VIEW tags_with_count AS
  SELECT tags.id, tags.title, count(note_id) AS note_count
  FROM tags LEFT JOIN note_tags ON tag_id = tags.id GROUP BY tags.id
/* tags_with_count(id,title,note_count) */;
CREATE TRIGGER notes_after_insert AFTER INSERT ON notes BEGIN
  INSERT INTO notes_fts(rowid, title, body) VALUES (new.rowid, new.title, new.body);
END;
CREATE TRIGGER notes_after_delete AFTER DELETE ON notes BEGIN
  INSERT INTO notes_fts(notes_fts, rowid, title, body) VALUES ('delete', old.rowid, old.title, old.body);
END;
CREATE TABLE sqlite_stat1(tbl,idx,stat);
