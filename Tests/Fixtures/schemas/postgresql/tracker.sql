--
-- PostgreSQL database dump
--

\restrict 7Xq0b1

-- Dumped from database version 15.7
-- Dumped by pg_dump version 15.7

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

CREATE TYPE public.priority AS ENUM (
    'low',
    'normal',
    'high'
);

CREATE FUNCTION public.set_updated() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.projects (
    id integer NOT NULL,
    name character varying,
    path character varying(255) NOT NULL,
    description text,
    visibility_level integer DEFAULT 0 NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp without time zone,
    updated_at timestamp without time zone,
    CONSTRAINT check_0b0a5a0f5d CHECK ((char_length((path)::text) >= 2)),
    CONSTRAINT projects_level CHECK ((visibility_level = ANY (ARRAY[0, 10, 20])))
);

CREATE SEQUENCE public.projects_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.projects_id_seq OWNED BY public.projects.id;

CREATE TABLE public.issues (
    id integer NOT NULL,
    project_id integer NOT NULL,
    iid integer,
    title character varying NOT NULL,
    description text,
    priority public.priority DEFAULT 'normal'::public.priority NOT NULL,
    labels text[] DEFAULT '{}'::text[] NOT NULL,
    weight numeric(5,2) DEFAULT 1.00,
    due_date date,
    moved_to_id integer,
    closed boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, (((title)::text || ' '::text) || COALESCE(description, ''::text)))) STORED
);

COMMENT ON TABLE public.issues IS 'Issues of projects';

CREATE SEQUENCE public.issues_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.issues_id_seq OWNED BY public.issues.id;

CREATE TABLE public.events (
    id bigint NOT NULL,
    issue_id integer,
    action smallint NOT NULL,
    payload jsonb
);

ALTER TABLE public.events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.open_issues AS
 SELECT issues.id,
    issues.title
   FROM public.issues
  WHERE (NOT issues.closed);

ALTER TABLE ONLY public.projects ALTER COLUMN id SET DEFAULT nextval('public.projects_id_seq'::regclass);

ALTER TABLE ONLY public.issues ALTER COLUMN id SET DEFAULT nextval('public.issues_id_seq'::regclass);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT uniq_projects_path UNIQUE (path);

CREATE INDEX index_events_on_payload ON public.events USING gin (payload jsonb_path_ops);

CREATE INDEX index_issues_on_labels ON public.issues USING gin (labels);

CREATE INDEX index_issues_on_search ON public.issues USING gin (search);

CREATE INDEX index_issues_on_title ON public.issues USING btree (lower((title)::text) text_pattern_ops) WHERE (NOT closed);

CREATE UNIQUE INDEX index_issues_on_project_id_and_iid ON public.issues USING btree (project_id, iid);

CREATE INDEX index_issues_on_due ON public.issues USING btree (project_id, due_date DESC NULLS LAST) INCLUDE (weight) WHERE (due_date IS NOT NULL);

CREATE TRIGGER issues_updated BEFORE UPDATE ON public.issues FOR EACH ROW EXECUTE FUNCTION public.set_updated();

ALTER TABLE ONLY public.events
    ADD CONSTRAINT fk_events_issue FOREIGN KEY (issue_id) REFERENCES public.issues(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT fk_issues_moved FOREIGN KEY (moved_to_id) REFERENCES public.issues(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT fk_issues_project FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE CASCADE;

\unrestrict 7Xq0b1
