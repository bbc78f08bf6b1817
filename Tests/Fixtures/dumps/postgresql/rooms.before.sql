CREATE EXTENSION btree_gist;
CREATE DOMAIN email AS text CONSTRAINT has_at CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN positive AS integer DEFAULT 1 NOT NULL CHECK (VALUE > 0);
CREATE COLLATION ordered (provider = libc, locale = 'C');
