-- A collection of flash cards, as an application has kept it through many versions.
CREATE TABLE collection (
    id              integer primary key,
    crt             integer not null,
    mod             integer not null,
    ver             integer not null default 18,
    conf            text not null default ''
);
CREATE TABLE kinds (
    id integer NOT NULL PRIMARY KEY,
    name text NOT NULL COLLATE NOCASE,
    changed integer NOT NULL,
    config blob NOT NULL
);
CREATE UNIQUE INDEX idx_kinds_name ON kinds (name);
CREATE TABLE fields (
    kind_id integer NOT NULL,
    ord integer NOT NULL,
    name text NOT NULL COLLATE NOCASE,
    config blob NOT NULL,
    PRIMARY KEY (kind_id, ord)
) without rowid;
CREATE UNIQUE INDEX idx_fields_name_kind_id ON fields (name, kind_id);
CREATE TABLE notes (
    id              integer primary key,   /* 0 */
    guid            text not null,         /* 1 */
    kind             integer not null,      /* 2 */
    sync             integer not null,      /* 3 */
    tags            text not null,         -- words, with a space at each end
    texts            text not null,
    -- an INTEGER column, so that numbers sort as numbers
    sort_text            integer not null,
    digest            integer not null,
    data            text not null
);
CREATE TABLE cards (
    id              integer primary key,
    nid             integer not null,
    did             integer not null,
    ord             integer not null,
    type            integer not null,
    queue           integer not null,
    due             integer not null,
    ivl             integer not null,
    factor          real not null default 2.5e0,
    due_before            integer not null default -1,
    flags           integer not null default 0x00
);
CREATE TABLE review (
    id              integer primary key,
    cid             integer not null,
    ease            integer not null check(ease between 1 and 4),
    time            integer not null,
    type            integer not null
);
CREATE TABLE removed (
    oid integer NOT NULL,
    type integer NOT NULL,
    sync integer NOT NULL,
    PRIMARY KEY (oid, type)
) WITHOUT ROWID;
CREATE TABLE config (
    "KEY" text not null primary key,
    sync integer not null,
    val blob not null default x'00ff'
) without rowid;
CREATE TABLE tags (tag text NOT NULL PRIMARY KEY COLLATE NOCASE, sync integer NOT NULL, collapsed boolean NOT NULL, config blob NULL) without rowid;
CREATE INDEX ix_notes_sync on notes (sync);
CREATE INDEX ix_notes_digest on notes (digest);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_cards_odid ON cards (due_before) WHERE due_before != 0;
CREATE INDEX ix_review_cid on review (cid);
CREATE INDEX idx_removed_pending ON removed (sync);
