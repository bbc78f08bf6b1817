-- A mail client: types of other engines, tables that refer to each other, and indexes over JSON.
CREATE TABLE account (
  id INTEGER PRIMARY KEY NOT NULL,
  email VARCHAR(255) NOT NULL COLLATE NOCASE,
  provider TINYINT UNSIGNED NOT NULL DEFAULT 0,
  quota DOUBLE PRECISION,
  settings JSON NOT NULL DEFAULT '{"sync":true}',
  created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  inbox_id INTEGER,
  CONSTRAINT uq_account_email UNIQUE (email),
  CONSTRAINT fk_account_inbox FOREIGN KEY (inbox_id) REFERENCES folder (id) ON DELETE SET NULL
);
CREATE TABLE folder (
  id INTEGER PRIMARY KEY NOT NULL,
  account_id INTEGER NOT NULL,
  parent_id INTEGER,
  path NVARCHAR(1000) NOT NULL,
  uid_validity BIGINT,
  depth INTEGER AS (length(path) - length(replace(path, '/', ''))) STORED,
  CONSTRAINT fk_folder_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE,
  CONSTRAINT fk_folder_parent FOREIGN KEY (parent_id) REFERENCES folder (id) ON DELETE CASCADE,
  CONSTRAINT uq_folder_path UNIQUE (account_id, path)
);
CREATE TABLE message (
  id INTEGER PRIMARY KEY NOT NULL,
  folder_id INTEGER NOT NULL REFERENCES folder ON DELETE CASCADE,
  uid INTEGER,
  message_id TEXT,
  thread_id TEXT,
  subject TEXT DEFAULT '',
  sender TEXT,
  recipients JSON,
  received TIMESTAMP NOT NULL,
  size INT8 DEFAULT 0,
  flags INT NOT NULL DEFAULT 0,
  seen BOOLEAN AS (flags & 1),
  subject_key TEXT GENERATED ALWAYS AS (lower(CASE WHEN subject LIKE 're: %' THEN substr(subject, 5) ELSE subject END)) VIRTUAL,
  headers,
  CHECK (json_valid(recipients) OR recipients IS NULL),
  CONSTRAINT flags_in_byte CHECK (flags BETWEEN 0 AND 255)
);
CREATE UNIQUE INDEX index_message_folder_uid ON message (folder_id, uid) WHERE uid IS NOT NULL;
CREATE INDEX index_message_thread ON message (thread_id, received DESC);
CREATE INDEX index_message_subject ON message (subject_key, received);
CREATE INDEX index_message_unseen ON message (folder_id) WHERE NOT seen;
CREATE INDEX index_message_first ON message (json_extract(recipients, '$[0].address') COLLATE NOCASE);
CREATE TABLE attachment (
  message_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  name TEXT,
  type TEXT NOT NULL DEFAULT 'application/octet-stream',
  data BLOB,
  size INTEGER GENERATED ALWAYS AS (length(data)) VIRTUAL,
  PRIMARY KEY (message_id, sequence),
  FOREIGN KEY (message_id) REFERENCES message (id) ON DELETE CASCADE
);
CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  email TEXT NOT NULL CHECK (email LIKE '%_@_%'),
  name TEXT,
  times_contacted INTEGER NOT NULL DEFAULT 0,
  avatar BLOB DEFAULT x'',
  UNIQUE (account_id, email)
);
CREATE VIRTUAL TABLE message_fts USING fts5(subject, sender, tokenize = "unicode61 remove_diacritics 2");
CREATE TRIGGER message_deleted AFTER DELETE ON message BEGIN
  DELETE FROM message_fts WHERE rowid = OLD.id;
END;
CREATE TRIGGER attachment_named BEFORE INSERT ON attachment WHEN NEW.name = '' BEGIN
  SELECT RAISE(ABORT, 'an attachment needs a name');
END;
