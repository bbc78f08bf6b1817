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
-- Name: state; Type: TYPE; Schema: public; Owner: app_owner
--

CREATE TYPE public.state AS ENUM (
    'waiting',
    'running',
    'done',
    'failed'
);


ALTER TYPE public.state OWNER TO app_owner;

--
-- Name: next_rank(text); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.next_rank(queue text) RETURNS integer
    LANGUAGE sql
    AS $$SELECT 1$$;


ALTER FUNCTION public.next_rank(queue text) OWNER TO app_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: job; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.job (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    queue text DEFAULT 'default'::text NOT NULL,
    state public.state DEFAULT 'waiting'::public.state NOT NULL,
    rank integer DEFAULT public.next_rank('default'::text),
    args jsonb,
    tries smallint DEFAULT 0 NOT NULL,
    run_at timestamp with time zone DEFAULT (now() + '00:05:00'::interval),
    tags text[],
    CONSTRAINT few CHECK (((tries >= 0) AND (tries <= 10)))
);


ALTER TABLE public.job OWNER TO app_owner;

--
-- Name: load; Type: MATERIALIZED VIEW; Schema: public; Owner: app_owner
--

CREATE MATERIALIZED VIEW public.load AS
 SELECT job.queue,
    count(*) AS jobs,
    public.next_rank('x'::text) AS rank
   FROM public.job
  GROUP BY job.queue
  WITH NO DATA;


ALTER TABLE public.load OWNER TO app_owner;

--
-- Name: job job_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);


--
-- Name: job_tags; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX job_tags ON public.job USING gin (tags);


--
-- Name: job_waiting; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX job_waiting ON public.job USING btree (queue, run_at) WHERE (state = 'waiting'::public.state);


--
-- Name: load_queue; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE UNIQUE INDEX load_queue ON public.load USING btree (queue);


--
-- Name: job keep; Type: RULE; Schema: public; Owner: app_owner
--

CREATE RULE keep AS
    ON DELETE TO public.job DO INSTEAD NOTHING;


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

