CREATE DOMAIN currency AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$') DEFAULT 'EUR';
CREATE DOMAIN amount AS numeric(14, 2) NOT NULL;
CREATE TYPE address AS (street text, zip varchar(10), city text);
