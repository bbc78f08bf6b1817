--
-- PostgreSQL database dump
--

\restrict Kq3bZ0dump

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;


--
-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';


--
-- Name: plain(text); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.plain(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ SELECT public.unaccent('public.unaccent'::regdictionary, lower($1)) $_$;


ALTER FUNCTION public.plain(value text) OWNER TO app_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: document; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.document (
    id integer NOT NULL,
    title text,
    tags jsonb,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, COALESCE(title, ''::text))) STORED
);


ALTER TABLE public.document OWNER TO app_owner;

--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);


--
-- Name: document_plain; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX document_plain ON public.document USING btree (public.plain(title));


--
-- Name: document_tags; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX document_tags ON public.document USING gin (tags jsonb_path_ops);


--
-- Name: document_title; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX document_title ON public.document USING gin (title public.gin_trgm_ops);


--
-- Name: document_words; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX document_words ON public.document USING gin (words);


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

