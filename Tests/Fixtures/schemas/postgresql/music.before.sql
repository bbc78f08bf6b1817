CREATE EXTENSION pg_trgm;
CREATE EXTENSION citext;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE FUNCTION fold_name(text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ BEGIN RETURN lower(regexp_replace($1, '\s+', ' ', 'g')); END $_$;
CREATE FUNCTION year_of(smallint, smallint) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$ SELECT $1::integer * 100 + coalesce($2, 0) $_$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated := now(); RETURN NEW; END $$;
