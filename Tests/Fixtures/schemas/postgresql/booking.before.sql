CREATE EXTENSION btree_gist;
CREATE DOMAIN email AS text CONSTRAINT email_has_at CHECK (VALUE ~ '^[^@]+@[^@]+$');
