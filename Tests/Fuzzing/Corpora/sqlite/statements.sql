CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN ';' END; UPDATE a SET b = x'00ff'; END;
CREATE TABLE "a""b" ([c d] INT, `e` TEXT DEFAULT ('x' || "y")) STRICT, WITHOUT ROWID; -- c;
/* a; /* b */ INSERT INTO a VALUES (1.5e-7, ?1, :n, @v, $w, NULL->>'$.a', a IS NOT 1);
