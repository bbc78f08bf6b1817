-- batches by hand
--
-- Revision: u1
-- Revises: aa, bb
-- Branches: main
-- Depends: cc
-- Created: 2026-11-22T10:07:31Z

-- metaxy:upgrade
CREATE TABLE marks (place VARCHAR);

-- metaxy:upgrade sqlite batch:64
UPDATE clip SET fps = frames + 1 WHERE fps IS NULL;

-- metaxy:upgrade postgresql autocommit
CREATE INDEX CONCURRENTLY a ON b (c); -- last
/* comment; */ INSERT INTO marks VALUES ('la''st', $$ a;b $$, E'\n');

-- metaxy:downgrade
DROP TABLE marks;
