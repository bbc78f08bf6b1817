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
-- Name: account; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.account (
    no character(10) NOT NULL,
    opened date DEFAULT CURRENT_DATE NOT NULL,
    closed date,
    balance numeric(18,4) DEFAULT 0 NOT NULL,
    CONSTRAINT account_check CHECK (((closed IS NULL) OR (closed >= opened)))
);


ALTER TABLE public.account OWNER TO app_owner;

--
-- Name: entry; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public.entry (
    id bigint NOT NULL,
    debit character(10) NOT NULL,
    credit character(10) NOT NULL,
    amount numeric(18,4) NOT NULL,
    note character varying(200),
    ref text,
    CONSTRAINT entry_amount_check CHECK ((amount > (0)::numeric)),
    CONSTRAINT entry_check CHECK ((debit <> credit))
);


ALTER TABLE public.entry OWNER TO app_owner;

--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (no);


--
-- Name: entry entry_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (id);


--
-- Name: entry entry_ref_amount_key; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_ref_amount_key UNIQUE NULLS NOT DISTINCT (ref, amount);


--
-- Name: entry_parties; Type: STATISTICS; Schema: public; Owner: app_owner
--

CREATE STATISTICS public.entry_parties ON debit, credit FROM public.entry;


ALTER STATISTICS public.entry_parties OWNER TO app_owner;

--
-- Name: entry entry_credit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_credit_fkey FOREIGN KEY (credit) REFERENCES public.account(no) DEFERRABLE;


--
-- Name: entry entry_debit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_debit_fkey FOREIGN KEY (debit) REFERENCES public.account(no) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: entry; Type: ROW SECURITY; Schema: public; Owner: app_owner
--

ALTER TABLE public.entry ENABLE ROW LEVEL SECURITY;

--
-- Name: entry mine; Type: POLICY; Schema: public; Owner: app_owner
--

CREATE POLICY mine ON public.entry USING (((debit)::text = current_setting('app.account'::text)));


--
-- Name: TABLE account; Type: ACL; Schema: public; Owner: app_owner
--

GRANT SELECT ON TABLE public.account TO PUBLIC;


--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

