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
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;


ALTER FUNCTION public.touch() OWNER TO app_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: author; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.author (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    mail text
);


ALTER TABLE public.author OWNER TO app_owner;

--
-- Name: author_id_seq; Type: SEQUENCE; Schema: public; Owner: app_owner
--

CREATE SEQUENCE public.author_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.author_id_seq OWNER TO app_owner;

--
-- Name: author_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: app_owner
--

ALTER SEQUENCE public.author_id_seq OWNED BY public.author.id;


--
-- Name: post; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.post (
    id integer NOT NULL,
    author_id bigint,
    title text NOT NULL,
    body text,
    updated_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP,
    state smallint DEFAULT 0 NOT NULL
);


ALTER TABLE public.post OWNER TO app_owner;

--
-- Name: post_id_seq; Type: SEQUENCE; Schema: public; Owner: app_owner
--

CREATE SEQUENCE public.post_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.post_id_seq OWNER TO app_owner;

--
-- Name: post_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: app_owner
--

ALTER SEQUENCE public.post_id_seq OWNED BY public.post.id;


--
-- Name: recent; Type: VIEW; Schema: public; Owner: app_owner
--

CREATE VIEW public.recent AS
 SELECT post.id,
    post.title
   FROM public.post
  WHERE (post.updated_at > (now() - '7 days'::interval));


ALTER TABLE public.recent OWNER TO app_owner;

--
-- Name: ticket; Type: SEQUENCE; Schema: public; Owner: app_owner
--

CREATE SEQUENCE public.ticket
    START WITH 1000
    INCREMENT BY 5
    NO MINVALUE
    MAXVALUE 99999
    CACHE 10
    CYCLE;


ALTER TABLE public.ticket OWNER TO app_owner;

--
-- Name: author id; Type: DEFAULT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.author ALTER COLUMN id SET DEFAULT nextval('public.author_id_seq'::regclass);


--
-- Name: post id; Type: DEFAULT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.post ALTER COLUMN id SET DEFAULT nextval('public.post_id_seq'::regclass);


--
-- Name: author author_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.author
    ADD CONSTRAINT author_pkey PRIMARY KEY (id);


--
-- Name: post post_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);


--
-- Name: author_mail; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE UNIQUE INDEX author_mail ON public.author USING btree (lower(mail));


--
-- Name: post_author; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX post_author ON public.post USING btree (author_id) INCLUDE (title);


--
-- Name: post post_touch; Type: TRIGGER; Schema: public; Owner: app_owner
--

CREATE TRIGGER post_touch BEFORE UPDATE ON public.post FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: post post_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.author(id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

