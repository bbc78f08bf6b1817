--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET client_min_messages = warning;

SET SESSION AUTHORIZATION 'app_owner';

CREATE SCHEMA stock;
ALTER SCHEMA stock OWNER TO app_owner;

CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';

CREATE OR REPLACE PROCEDURAL LANGUAGE plperl;

SET search_path = stock, pg_catalog;

SET default_tablespace = '';
SET default_with_oids = false;

CREATE FUNCTION spin() RETURNS trigger
    AS $_X$ spin_row(); $_X$
    LANGUAGE plperl;

CREATE TABLE part (
    id integer NOT NULL,
    name character varying(50) NOT NULL,
    parent integer
);

CREATE SEQUENCE part_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE stock.part_id_seq OWNER TO app_owner;
ALTER SEQUENCE part_id_seq OWNED BY part.id;
ALTER TABLE ONLY part ALTER COLUMN id SET DEFAULT nextval('part_id_seq'::regclass);

SET search_path = public, pg_catalog;

CREATE TABLE unit (
    code character(3) NOT NULL
);

SET search_path = stock, pg_catalog;

ALTER TABLE ONLY part
    ADD CONSTRAINT part_pkey PRIMARY KEY (id);
ALTER TABLE ONLY part
    ADD CONSTRAINT part_parent FOREIGN KEY (parent) REFERENCES part(id) ON DELETE SET NULL;

SET search_path = public, pg_catalog;

ALTER TABLE ONLY unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (code);

SET search_path = stock, pg_catalog;

CREATE INDEX part_name ON part USING btree (name);
CREATE TRIGGER spin AFTER UPDATE ON part FOR EACH ROW EXECUTE PROCEDURE spin();

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO app_owner;
GRANT SELECT ON TABLE part TO reporting;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA stock GRANT SELECT ON TABLES TO reporting;
