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
-- Name: ordered; Type: COLLATION; Schema: public; Owner: app_owner
--

CREATE COLLATION public.ordered (provider = libc, locale = 'C');


ALTER COLLATION public.ordered OWNER TO app_owner;

--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: email; Type: DOMAIN; Schema: public; Owner: app_owner
--

CREATE DOMAIN public.email AS text
	CONSTRAINT has_at CHECK ((VALUE ~ '^[^@]+@[^@]+$'::text));


ALTER DOMAIN public.email OWNER TO app_owner;

--
-- Name: positive; Type: DOMAIN; Schema: public; Owner: app_owner
--

CREATE DOMAIN public.positive AS integer NOT NULL DEFAULT 1
	CONSTRAINT positive_check CHECK ((VALUE > 0));


ALTER DOMAIN public.positive OWNER TO app_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: booking; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.booking (
    room_id integer NOT NULL,
    during tstzrange NOT NULL,
    guest public.email,
    CONSTRAINT no_long CHECK (((upper(during) - lower(during)) < '30 days'::interval))
);


ALTER TABLE public.booking OWNER TO app_owner;

--
-- Name: room; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.room (
    id integer NOT NULL,
    seats public.positive,
    name text NOT NULL COLLATE public.ordered
);


ALTER TABLE public.room OWNER TO app_owner;

--
-- Name: room_id_seq; Type: SEQUENCE; Schema: public; Owner: app_owner
--

CREATE SEQUENCE public.room_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.room_id_seq OWNER TO app_owner;

--
-- Name: room_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: app_owner
--

ALTER SEQUENCE public.room_id_seq OWNED BY public.room.id;


--
-- Name: room id; Type: DEFAULT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.room ALTER COLUMN id SET DEFAULT nextval('public.room_id_seq'::regclass);


--
-- Name: booking booking_room_id_during_excl; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.booking
    ADD CONSTRAINT booking_room_id_during_excl EXCLUDE USING gist (room_id WITH =, during WITH &&);


--
-- Name: room room_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.room
    ADD CONSTRAINT room_pkey PRIMARY KEY (id);


--
-- Name: booking booking_room_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.booking
    ADD CONSTRAINT booking_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.room(id);


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

