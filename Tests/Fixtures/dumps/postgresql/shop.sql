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
-- Name: watch(); Type: FUNCTION; Schema: public; Owner: app_owner
--

CREATE FUNCTION public.watch() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE NOTICE 'ddl'; END $$;


ALTER FUNCTION public.watch() OWNER TO app_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Cart; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE UNLOGGED TABLE public."Cart" (
    "cartId" text NOT NULL,
    "userId" text,
    "createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    items jsonb[]
)
WITH (fillfactor='70', autovacuum_enabled='false');


ALTER TABLE public."Cart" OWNER TO app_owner;

--
-- Name: User; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE TABLE public."User" (
    id text NOT NULL,
    "e mail" text NOT NULL,
    "Größe" real
);


ALTER TABLE public."User" OWNER TO app_owner;

--
-- Name: _CartToUser; Type: TABLE; Schema: public; Owner: app_owner
--

CREATE UNLOGGED TABLE public."_CartToUser" (
    "A" text NOT NULL,
    "B" text NOT NULL
);


ALTER TABLE public."_CartToUser" OWNER TO app_owner;

--
-- Name: Cart Cart_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public."Cart"
    ADD CONSTRAINT "Cart_pkey" PRIMARY KEY ("cartId");


--
-- Name: User User_pkey; Type: CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public."User"
    ADD CONSTRAINT "User_pkey" PRIMARY KEY (id);


--
-- Name: User_e mail_key; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE UNIQUE INDEX "User_e mail_key" ON public."User" USING btree ("e mail");


--
-- Name: _CartToUser_AB_unique; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE UNIQUE INDEX "_CartToUser_AB_unique" ON public."_CartToUser" USING btree ("A", "B");


--
-- Name: _CartToUser_B_index; Type: INDEX; Schema: public; Owner: app_owner
--

CREATE INDEX "_CartToUser_B_index" ON public."_CartToUser" USING btree ("B");


--
-- Name: _CartToUser _CartToUser_A_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public."_CartToUser"
    ADD CONSTRAINT "_CartToUser_A_fkey" FOREIGN KEY ("A") REFERENCES public."Cart"("cartId") ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: _CartToUser _CartToUser_B_fkey; Type: FK CONSTRAINT; Schema: public; Owner: app_owner
--

ALTER TABLE ONLY public."_CartToUser"
    ADD CONSTRAINT "_CartToUser_B_fkey" FOREIGN KEY ("B") REFERENCES public."User"(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: feed; Type: PUBLICATION; Schema: -; Owner: app_owner
--

CREATE PUBLICATION feed WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION feed OWNER TO app_owner;

--
-- Name: feed User; Type: PUBLICATION TABLE; Schema: public; Owner: app_owner
--

ALTER PUBLICATION feed ADD TABLE ONLY public."User";


--
-- Name: watching; Type: EVENT TRIGGER; Schema: -; Owner: app_owner
--

CREATE EVENT TRIGGER watching ON ddl_command_start
   EXECUTE FUNCTION public.watch();


ALTER EVENT TRIGGER watching OWNER TO app_owner;

--
-- PostgreSQL database dump complete
--

\unrestrict Kq3bZ0dump

