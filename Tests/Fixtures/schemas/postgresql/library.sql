-- Documents and their full text: GIN indexes over expressions, collations and text search rules in a schema.
CREATE SCHEMA IF NOT EXISTS text_rules;
CREATE COLLATION text_rules.numeric_order (provider = icu, locale = 'en-u-kn-true');
CREATE COLLATION text_rules."Any Case" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TEXT SEARCH CONFIGURATION text_rules.plain (COPY = pg_catalog.simple);

CREATE SCHEMA docs;

CREATE TABLE docs.collection (
    id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE text_rules."Any Case" NOT NULL UNIQUE,
    shelf_mark varchar(40) COLLATE text_rules.numeric_order,
    CONSTRAINT collection_shelf UNIQUE (shelf_mark, name)
);
CREATE INDEX collection_shelf_c ON docs.collection (shelf_mark COLLATE "C" varchar_pattern_ops);
CREATE INDEX collection_name_en ON docs.collection (upper(name) COLLATE text_rules.numeric_order DESC);

CREATE TABLE docs.document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection smallint NOT NULL REFERENCES docs.collection ON DELETE CASCADE,
    title text NOT NULL,
    body text,
    meta jsonb NOT NULL DEFAULT '{}',
    authors text[] NOT NULL DEFAULT '{}',
    language regconfig NOT NULL DEFAULT 'english',
    added timestamptz NOT NULL DEFAULT now(),
    words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B')
    ) STORED,
    body_length integer GENERATED ALWAYS AS (length(body)) STORED,
    CONSTRAINT document_meta_object CHECK (jsonb_typeof(meta) = 'object'),
    CONSTRAINT document_title CHECK (title <> '' AND title !~ '^\s')
);
CREATE INDEX document_body ON docs.document USING gin (to_tsvector('english', body));
CREATE INDEX document_plain ON docs.document USING gin (to_tsvector('text_rules.plain', title || ' ' || coalesce(body, '')));
CREATE INDEX document_by_language ON docs.document USING gin (to_tsvector(language, body)) WHERE body IS NOT NULL;
CREATE INDEX document_tags ON docs.document USING gin ((meta -> 'tags'));
CREATE INDEX document_meta ON docs.document USING gin (meta jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX document_words ON docs.document USING gin (words, authors);
CREATE INDEX document_words_gist ON docs.document USING gist (words);
CREATE INDEX document_isbn ON docs.document ((meta #>> '{ids,isbn}')) WHERE meta ? 'ids';
CREATE INDEX document_month ON docs.document (date_trunc('month', added AT TIME ZONE 'UTC'), collection);
CREATE UNIQUE INDEX document_title_once ON docs.document (collection, lower(title) COLLATE "C");
CREATE INDEX document_year ON docs.document (((meta ->> 'year')::int) DESC NULLS LAST) WHERE meta ->> 'year' ~ '^[0-9]+$';
CREATE INDEX document_authors ON docs.document USING gin (authors array_ops);

CREATE TABLE docs.page (
    document bigint NOT NULL REFERENCES docs.document ON DELETE CASCADE,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 100000),
    scan bytea,
    size point,
    box box,
    text text COLLATE "POSIX",
    PRIMARY KEY (document, number)
);
CREATE INDEX page_box ON docs.page USING gist (box);
CREATE INDEX page_size ON docs.page USING spgist (size);
ALTER INDEX docs.page_box SET (fillfactor = 60);
