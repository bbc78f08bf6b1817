CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE SCHEMA auth;
CREATE FUNCTION auth.new_token(size integer DEFAULT 24) RETURNS text
    LANGUAGE sql VOLATILE
    AS $$ SELECT substr(md5(random()::text) || md5(clock_timestamp()::text), 1, size) $$;
