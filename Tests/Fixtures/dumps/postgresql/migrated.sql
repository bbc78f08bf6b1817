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
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


ALTER TABLE public.alembic_version OWNER TO app_owner;

--
-- Name: device; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.device (
    id integer NOT NULL,
    serial_no character varying(40) NOT NULL
);


ALTER TABLE public.device OWNER TO app_owner;

--
-- Name: device_id_seq; Type: SEQUENCE; Schema: public; Owner: app_owner
--

CREATE SEQUENCE public.device_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.device_id_seq OWNER TO app_owner;

--
-- Name: device_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: app_owner
--

ALTER SEQUENCE public.device_id_seq OWNED BY public.device.id;


--
-- Name: reading; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.reading (
    device_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    value double precision
);


ALTER TABLE public.reading OWNER TO app_owner;

--
-- Name: device id; Type: DEFAULT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.device ALTER COLUMN id SET DEFAULT nextval('public.device_id_seq'::regclass);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: device device_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (id);


--
-- Name: device device_serial_no_key; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_serial_no_key UNIQUE (serial_no);


--
-- Name: ix_reading_at; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX ix_reading_at ON public.reading USING btree (at);


--
-- Name: reading reading_device_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.device(id);


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

