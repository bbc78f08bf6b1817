-- A music catalogue: trigrams, texts without case, and functions of its own in indexes and generated columns.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS citext;

CREATE DOMAIN positive AS integer CHECK (VALUE > 0);

CREATE FUNCTION fold_name(text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ BEGIN RETURN lower(regexp_replace($1, '\s+', ' ', 'g')); END $_$;

CREATE FUNCTION year_of(smallint, smallint) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$ SELECT $1::integer * 100 + coalesce($2, 0) $_$;

CREATE TYPE release_status AS ENUM ('official', 'promotion', 'bootleg', 'pseudo-release');

CREATE TABLE artist (
    id           SERIAL PRIMARY KEY,
    gid          UUID NOT NULL DEFAULT gen_random_uuid(),
    name         VARCHAR NOT NULL,
    sort_name    CITEXT NOT NULL,
    begin_year   SMALLINT,
    begin_month  SMALLINT,
    begin_key    INTEGER GENERATED ALWAYS AS (year_of(begin_year, begin_month)) STORED,
    ended        BOOLEAN NOT NULL DEFAULT FALSE,
    edits        INTEGER NOT NULL DEFAULT 0 CHECK (edits >= 0),
    updated      TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
    CONSTRAINT artist_ended_check CHECK (
        (begin_month IS NOT NULL AND begin_year IS NOT NULL AND begin_month BETWEEN 1 AND 12)
        OR begin_month IS NULL)
);
CREATE UNIQUE INDEX artist_idx_gid ON artist (gid);
CREATE INDEX artist_idx_name ON artist USING gin (fold_name(name) gin_trgm_ops);
CREATE INDEX artist_idx_fold ON artist (fold_name(name), sort_name text_pattern_ops);
CREATE UNIQUE INDEX artist_idx_null ON artist (name) WHERE begin_year IS NULL;

CREATE TABLE artist_credit (
    id           SERIAL PRIMARY KEY,
    name         VARCHAR NOT NULL,
    artist_count SMALLINT NOT NULL,
    ref_count    INTEGER DEFAULT 0
);

CREATE TABLE artist_credit_name (
    artist_credit INTEGER NOT NULL REFERENCES artist_credit (id) ON DELETE CASCADE,
    position      SMALLINT NOT NULL,
    artist        INTEGER NOT NULL REFERENCES artist (id),
    name          VARCHAR NOT NULL,
    join_phrase   TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (artist_credit, position)
);
CREATE INDEX artist_credit_name_idx_artist ON artist_credit_name (artist);

CREATE TABLE release (
    id            SERIAL PRIMARY KEY,
    name          VARCHAR NOT NULL,
    artist_credit INTEGER NOT NULL REFERENCES artist_credit,
    status        release_status DEFAULT 'official',
    barcode       VARCHAR(255),
    tags          CITEXT[] NOT NULL DEFAULT '{}',
    quality       SMALLINT NOT NULL DEFAULT -1,
    CHECK (barcode ~ '^[0-9]+$' OR barcode = '')
);
CREATE INDEX release_idx_name ON release USING gist (name gist_trgm_ops);
CREATE INDEX release_idx_status ON release (status) WHERE status <> 'official';

CREATE TABLE track (
    id       SERIAL PRIMARY KEY,
    release  INTEGER NOT NULL REFERENCES release ON DELETE CASCADE ON UPDATE CASCADE,
    position positive NOT NULL DEFAULT 1,
    number   TEXT NOT NULL,
    length   positive,
    rating   NUMERIC(3, 1) CHECK (rating BETWEEN 0 AND 10),
    CONSTRAINT track_position_uniq UNIQUE (release, position) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE track IS 'A track of one release';
COMMENT ON COLUMN track.number IS 'As it is printed: "A1"';

CREATE VIEW artist_tracks AS
    SELECT n.artist, count(*) AS tracks FROM artist_credit_name n
    JOIN release r ON r.artist_credit = n.artist_credit JOIN track t ON t.release = r.id GROUP BY n.artist;

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated := now(); RETURN NEW; END $$;
CREATE TRIGGER artist_touch BEFORE UPDATE ON artist FOR EACH ROW EXECUTE FUNCTION touch();
