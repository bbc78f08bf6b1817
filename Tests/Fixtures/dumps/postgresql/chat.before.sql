CREATE TYPE pair AS (a integer, b text);
CREATE FUNCTION starts(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT starts_with($1, $2)';
CREATE OPERATOR ^@@ (FUNCTION = starts, LEFTARG = text, RIGHTARG = text);
