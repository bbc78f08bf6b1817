CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN 1 > 0 THEN 1 END; SELECT 2; END;
DO $x$ BEGIN RAISE NOTICE ';'; $$ ; $$; END $x$; SELECT E'a\';\\', U&'d\0061t' UESCAPE '!', B'01', U&"x", 'a'
'b', "q""r", 1_000, 0x1F, a::int[], b @> c, $1;
/* a /* b; */ c; */ CREATE INDEX CONCURRENTLY i ON t USING gin ((a || b) gin_trgm_ops) WHERE x <> '';
COPY t FROM stdin;
