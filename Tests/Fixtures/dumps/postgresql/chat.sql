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
-- Name: pair; Type: TYPE; Schema: public; Owner: app_owner
--

CREATE TYPE public.pair AS (
	a integer,
	b text
);


ALTER TYPE public.pair OWNER TO app_owner;

--
-- Name: atomic(integer); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.atomic(x integer DEFAULT 1, OUT y integer, OUT z text) RETURNS record
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT x AS x,
         CASE
             WHEN (x > 1) THEN 'a'::text
             ELSE 'b'::text
         END AS "case";
END;


ALTER FUNCTION public.atomic(x integer, OUT y integer, OUT z text) OWNER TO app_owner;

--
-- Name: clean(interval); Type: PROCEDURE; Schema: public; Owner: app_owner
--

CREATE PROCEDURE public.clean(IN keep interval)
    LANGUAGE plpgsql
    AS $$ BEGIN DELETE FROM message WHERE at < now() - keep; COMMIT; END $$;


ALTER PROCEDURE public.clean(IN keep interval) OWNER TO app_owner;

--
-- Name: joined(text, text); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.joined(state text, value text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$ BEGIN RETURN state || value; END $$;


ALTER FUNCTION public.joined(state text, value text) OWNER TO app_owner;

--
-- Name: note(); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.note() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_notify('m', NEW.id::text); RETURN NULL; END $$;


ALTER FUNCTION public.note() OWNER TO app_owner;

--
-- Name: starts(text, text); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.starts(text, text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT starts_with($1, $2)$_$;


ALTER FUNCTION public.starts(text, text) OWNER TO app_owner;

--
-- Name: glue(text); Type: AGGREGATE; Schema: public; Owner: app_owner
--

CREATE AGGREGATE public.glue(text) (
    SFUNC = public.joined,
    STYPE = text,
    INITCOND = ''
);


ALTER AGGREGATE public.glue(text) OWNER TO app_owner;

--
-- Name: ^@@; Type: OPERATOR; Schema: public; Owner: app_owner
--

CREATE OPERATOR public.^@@ (
    FUNCTION = public.starts,
    LEFTARG = text,
    RIGHTARG = text
);


ALTER OPERATOR public.^@@ (text, text) OWNER TO app_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: message; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.message (
    id integer NOT NULL,
    "from" text NOT NULL,
    "select" public.pair,
    at timestamp with time zone DEFAULT now(),
    CONSTRAINT known CHECK (("from" OPERATOR(public.^@@) 'u'::text))
);


ALTER TABLE public.message OWNER TO app_owner;

--
-- Name: message message_PK; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.message
    ADD CONSTRAINT "message_PK" PRIMARY KEY (id);


--
-- Name: message told; Type: TRIGGER; Schema: public; Owner: app_owner
--

CREATE CONSTRAINT TRIGGER told AFTER INSERT ON public.message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.id > 0)) EXECUTE FUNCTION public.note();


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

