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
-- Name: wide; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.wide (
    a boolean DEFAULT false,
    b bytea DEFAULT '\xdeadbeef'::bytea,
    c bit(4) DEFAULT '1010'::"bit",
    d bit varying(8),
    e inet,
    f cidr DEFAULT '10.0.0.0/8'::cidr,
    g macaddr,
    h point,
    i box,
    j money,
    k interval day to second(3),
    l time(2) with time zone,
    m xml,
    n int4range DEFAULT '[1,5)'::int4range,
    o numrange,
    p tsquery,
    q oid,
    r "char",
    s name,
    t integer[],
    u character varying(5)[] DEFAULT ARRAY['a'::text, 'b'::text],
    v numeric,
    w numeric(5,0),
    x timestamp(0) without time zone,
    y jsonb DEFAULT '{"a": [1, 2]}'::jsonb,
    z pg_lsn,
    CONSTRAINT wide_check CHECK ((a OR (b IS NOT NULL))),
    CONSTRAINT wide_q_check CHECK ((q IS DISTINCT FROM (7)::oid)),
    CONSTRAINT wide_w_check CHECK ((w = ANY ((ARRAY[1, 2, 3])::numeric[])))
);


ALTER TABLE public.wide OWNER TO app_owner;

--
-- Name: wide_e; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX wide_e ON public.wide USING gist (e inet_ops);


--
-- Name: wide_q; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX wide_q ON public.wide USING hash (q);


--
-- Name: wide_x; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX wide_x ON public.wide USING brin (x) WITH (pages_per_range='32');


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

