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

--
-- Name: bucket; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.bucket (
    k integer,
    v text
)
PARTITION BY HASH (k);


ALTER TABLE public.bucket OWNER TO app_owner;

SET default_table_access_method = heap;

--
-- Name: bucket_0; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.bucket_0 (
    k integer,
    v text
);


ALTER TABLE public.bucket_0 OWNER TO app_owner;

--
-- Name: bucket_1; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.bucket_1 (
    k integer,
    v text
);


ALTER TABLE public.bucket_1 OWNER TO app_owner;

--
-- Name: event; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    payload json
)
PARTITION BY RANGE (at);


ALTER TABLE public.event OWNER TO app_owner;

--
-- Name: event_2025; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.event_2025 (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    payload json
);


ALTER TABLE public.event_2025 OWNER TO app_owner;

--
-- Name: event_2026; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.event_2026 (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    payload json
)
PARTITION BY LIST (kind);


ALTER TABLE public.event_2026 OWNER TO app_owner;

--
-- Name: event_2026_click; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.event_2026_click (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    payload json
);


ALTER TABLE public.event_2026_click OWNER TO app_owner;

--
-- Name: event_2026_rest; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.event_2026_rest (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    payload json
);


ALTER TABLE public.event_2026_rest OWNER TO app_owner;

--
-- Name: bucket_0; Type: TABLE ATTACH; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.bucket ATTACH PARTITION public.bucket_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- Name: bucket_1; Type: TABLE ATTACH; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.bucket ATTACH PARTITION public.bucket_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- Name: event_2025; Type: TABLE ATTACH; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event ATTACH PARTITION public.event_2025 FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');


--
-- Name: event_2026; Type: TABLE ATTACH; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event ATTACH PARTITION public.event_2026 FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');


--
-- Name: event_2026_click; Type: TABLE ATTACH; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event_2026 ATTACH PARTITION public.event_2026_click FOR VALUES IN ('click', 'tap');


--
-- Name: event_2026_rest; Type: TABLE ATTACH; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event_2026 ATTACH PARTITION public.event_2026_rest DEFAULT;


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id, at, kind);


--
-- Name: event_2025 event_2025_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event_2025
    ADD CONSTRAINT event_2025_pkey PRIMARY KEY (id, at, kind);


--
-- Name: event_2026 event_2026_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event_2026
    ADD CONSTRAINT event_2026_pkey PRIMARY KEY (id, at, kind);


--
-- Name: event_2026_click event_2026_click_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event_2026_click
    ADD CONSTRAINT event_2026_click_pkey PRIMARY KEY (id, at, kind);


--
-- Name: event_2026_rest event_2026_rest_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.event_2026_rest
    ADD CONSTRAINT event_2026_rest_pkey PRIMARY KEY (id, at, kind);


--
-- Name: event_kind; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX event_kind ON ONLY public.event USING btree (kind);


--
-- Name: event_2025_kind_idx; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX event_2025_kind_idx ON public.event_2025 USING btree (kind);


--
-- Name: event_2026_kind_idx; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX event_2026_kind_idx ON ONLY public.event_2026 USING btree (kind);


--
-- Name: event_2026_click_kind_idx; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX event_2026_click_kind_idx ON public.event_2026_click USING btree (kind);


--
-- Name: event_2026_rest_kind_idx; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX event_2026_rest_kind_idx ON public.event_2026_rest USING btree (kind);


--
-- Name: event_2025_kind_idx; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_kind ATTACH PARTITION public.event_2025_kind_idx;


--
-- Name: event_2025_pkey; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_pkey ATTACH PARTITION public.event_2025_pkey;


--
-- Name: event_2026_click_kind_idx; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_2026_kind_idx ATTACH PARTITION public.event_2026_click_kind_idx;


--
-- Name: event_2026_click_pkey; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_2026_pkey ATTACH PARTITION public.event_2026_click_pkey;


--
-- Name: event_2026_kind_idx; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_kind ATTACH PARTITION public.event_2026_kind_idx;


--
-- Name: event_2026_pkey; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_pkey ATTACH PARTITION public.event_2026_pkey;


--
-- Name: event_2026_rest_kind_idx; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_2026_kind_idx ATTACH PARTITION public.event_2026_rest_kind_idx;


--
-- Name: event_2026_rest_pkey; Type: INDEX ATTACH; Schema: public; Owner: app_owner
--

ALTER INDEX public.event_2026_pkey ATTACH PARTITION public.event_2026_rest_pkey;


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

