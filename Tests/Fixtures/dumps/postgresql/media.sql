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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: asset; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.asset (
    id bigint NOT NULL,
    path text NOT NULL,
    kind character varying(16) NOT NULL,
    width integer,
    height integer,
    area integer GENERATED ALWAYS AS ((width * height)) STORED,
    added timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT asset_check CHECK (((width > 0) AND (height > 0))),
    CONSTRAINT kind_is_known CHECK (((kind)::text = ANY ((ARRAY['video'::character varying, 'image'::character varying, 'audio'::character varying])::text[])))
);


ALTER TABLE public.asset OWNER TO app_owner;

--
-- Name: TABLE asset; Type: COMMENT; Schema: public; Owner: app_owner
--

COMMENT ON TABLE public.asset IS 'A file of the library; its owner''s';


--
-- Name: COLUMN asset.path; Type: COMMENT; Schema: public; Owner: app_owner
--

COMMENT ON COLUMN public.asset.path IS 'relative to the root';


--
-- Name: CONSTRAINT kind_is_known ON asset; Type: COMMENT; Schema: public; Owner: app_owner
--

COMMENT ON CONSTRAINT kind_is_known ON public.asset IS 'three';


--
-- Name: asset_id_seq; Type: SEQUENCE; Schema: public; Owner: app_owner
--

ALTER TABLE public.asset ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.asset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: clip; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.clip (
    asset_id bigint NOT NULL,
    start_ms integer NOT NULL,
    end_ms integer NOT NULL,
    label text DEFAULT 'it''s; new'::text COLLATE pg_catalog."C"
);


ALTER TABLE public.clip OWNER TO app_owner;

--
-- Name: asset asset_path_key; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_path_key UNIQUE (path);


--
-- Name: asset asset_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_pkey PRIMARY KEY (id);


--
-- Name: clip clip_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.clip
    ADD CONSTRAINT clip_pkey PRIMARY KEY (asset_id, start_ms);


--
-- Name: clip_label; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX clip_label ON public.clip USING btree (lower(label) DESC NULLS LAST) WHERE (label <> ''::text);


--
-- Name: INDEX clip_label; Type: COMMENT; Schema: public; Owner: app_owner
--

COMMENT ON INDEX public.clip_label IS 'for search';


--
-- Name: clip clip_asset_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.clip
    ADD CONSTRAINT clip_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.asset(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

