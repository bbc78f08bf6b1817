import MetaxyErrors
import MetaxyPostgreSQL
import MetaxyTestSupport
import Testing

/// What a section loses, whichever way: counted by the server, and refused without consent.
@Suite(.timed) struct LossMeterTests {
  private static let start = """
    CREATE TYPE mood AS ENUM ('ok', 'bad');
    CREATE TABLE video (id int PRIMARY KEY, path text, size int, mood mood, doc json);
    INSERT INTO video VALUES (1, 'a', 10, 'ok', '{}'), (2, 'b', NULL, NULL, NULL), (3, 'c', NULL, NULL, NULL);
    CREATE TABLE crop (id int PRIMARY KEY, video int REFERENCES video ON DELETE CASCADE ON UPDATE CASCADE);
    INSERT INTO crop VALUES (1, 1), (2, 2);
    CREATE TABLE tag (name text PRIMARY KEY, uses int);
    INSERT INTO tag VALUES ('red', 1), ('blue', 2);
    CREATE TABLE empty_parent (id int PRIMARY KEY);
    CREATE TABLE child (parent int REFERENCES empty_parent ON DELETE CASCADE, name text);
    INSERT INTO child VALUES (NULL, 'kept');
    CREATE TABLE base (n int); CREATE TABLE kid (extra text) INHERITS (base); INSERT INTO kid VALUES (1, 'x');
    CREATE TABLE log (at int, what text) PARTITION BY RANGE (at);
    CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10);
    CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20);
    INSERT INTO log VALUES (1, 'a'), (2, 'b'), (11, 'c');
    CREATE TABLE hollow (n int); INSERT INTO hollow VALUES (1); DELETE FROM hollow;
    CREATE TABLE take (ts timestamp, n numeric(4,2), path text);
    INSERT INTO take VALUES ('2024-01-01 10:11', 1.55, 'ab'), ('2024-01-01', 1.5, 'c'), (NULL, NULL, NULL);
    CREATE FUNCTION days() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE take ALTER ts TYPE date; RETURN 1; END $$;
    CREATE VIEW seen AS SELECT id, path FROM video;
    CREATE TABLE queue (n int); CREATE RULE away AS ON INSERT TO queue DO ALSO DELETE FROM tag;
    CREATE FUNCTION empty_tags() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM tag; RETURN 1; END $$;
    CREATE FUNCTION truncate_tags() RETURNS int LANGUAGE plpgsql AS $$ BEGIN TRUNCATE tag; RETURN 1; END $$;
    CREATE FUNCTION drop_tags() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE tag CASCADE; RETURN 1; END $$;
    CREATE FUNCTION on_child() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE tag SET uses = 0; RETURN NULL; END $$;
    CREATE TYPE place AS (x int, y int); CREATE TYPE unused AS (a int, b int);
    CREATE TABLE spot (at place, line place[]);
    INSERT INTO spot VALUES (ROW(1, 2), NULL), (ROW(3, NULL), ARRAY[ROW(NULL, 4)::place, ROW(5, 6)::place]);
    CREATE DOMAIN positive AS int CHECK (value > 0);
    CREATE TABLE node (id int PRIMARY KEY, up int REFERENCES node ON DELETE CASCADE, weight positive);
    INSERT INTO node VALUES (1, NULL, 5), (2, 1, NULL), (3, 2, NULL);
    CREATE PROCEDURE purge() LANGUAGE sql AS $$ DELETE FROM tag $$;
    """

  private func failure(
    _ statements: String, attributes: String = "", allowsLoss: Bool = false
  ) throws -> MetaxyError? {
    var store = try RevisionStore(Self.start)
    let before = try rows(store)
    try store.revision("aa", "-- metaxy:upgrade postgresql\(attributes)\n\(statements)\n-- metaxy:downgrade postgresql")
    do throws(MetaxyError) {
      try store.upgrade(allowsLoss: allowsLoss)
    } catch {
      #expect(try rows(store) == before)
      #expect(
        try store.scratch.rows("SELECT count(*) FROM pg_tables WHERE tablename = 'alembic_version'") == ["0"]
          || store.versions() == [])
      return error
    }
    #expect(try store.versions() == ["aa"])
    return nil
  }

  private func rows(_ store: RevisionStore) throws -> [String] {
    try store.scratch.rows(
      """
      SELECT * FROM video ORDER BY 1; SELECT * FROM crop ORDER BY 1; SELECT * FROM tag ORDER BY 1;
      SELECT * FROM child; SELECT * FROM kid; SELECT * FROM log ORDER BY 1; SELECT count(*) FROM base;
      SELECT * FROM take ORDER BY path;
      SELECT * FROM spot; SELECT * FROM node ORDER BY 1
      """)
  }

  @Test(
    arguments: [
      // Rows.
      ("DELETE FROM video WHERE 1 = 1;", "3 rows of `video`"), ("DELETE FROM video WHERE id = 1;", "1 row of `crop`"),
      ("WITH gone AS (DELETE FROM tag RETURNING name) SELECT count(*) FROM gone;", "all rows of `tag`"),
      ("UPDATE video SET path = NULL WHERE true;", "values in 3 rows of `video`"),
      ("UPDATE video SET path = 'A' WHERE path = 'a';", "values in 1 row of `video`"),
      (
        "UPDATE video SET path = 'b' WHERE path = 'a'; ALTER TABLE video ADD CHECK (path IN ('b', 'c'));",
        "values in 1 row of `video`"
      ),
      (
        "UPDATE video SET path = 'A' WHERE path = 'a'; ALTER TABLE tag ADD CHECK (name IN ('A', 'red'));",
        "values in 1 row of `video`"
      ),
      ("UPDATE video SET id = 9 WHERE id = 2;", "values in 1 row of `crop`"),
      ("UPDATE video SET doc = '[]' WHERE size IS NOT NULL;", "values in 1 row of `video`"),
      ("UPDATE log SET what = 'x' WHERE at < 10;", "values in 2 rows of `log_1`"),
      ("INSERT INTO tag VALUES ('red', 9) ON CONFLICT (name) DO UPDATE SET uses = 9;", "values in 1 row of `tag`"),
      ("TRUNCATE tag;", "all rows of `tag`"), ("TRUNCATE empty_parent CASCADE;", "1 row of `child`"),
      // Through something else.
      ("DELETE FROM seen WHERE id = 3;", "1 row of `video`"),
      ("UPDATE seen SET path = '';", "values in 3 rows of `video`"),
      ("DO $$ BEGIN DELETE FROM tag; END $$;", "2 rows of `tag`"),
      ("DO $$ BEGIN EXECUTE 'DELETE ' || 'FROM tag'; END $$;", "2 rows of `tag`"),
      ("DO $$ BEGIN TRUNCATE tag; END $$;", "2 rows of `tag`"),
      ("DO $$ BEGIN TRUNCATE tag; INSERT INTO tag VALUES ('new', 1); END $$;", "1 row of `tag`"),
      ("DO $$ BEGIN DROP TABLE tag CASCADE; END $$;", "the table `tag` with its 2 rows"),
      ("DO $$ BEGIN ALTER TABLE tag DROP uses; END $$;", "the column `tag.uses` with its 2 values"),
      ("DO $$ BEGIN UPDATE tag SET uses = uses + 1; END $$;", "values in 2 rows of `tag`"),
      ("SELECT empty_tags();", "2 rows of `tag`"), ("SELECT truncate_tags();", "2 rows of `tag`"),
      ("SELECT drop_tags();", "the table `tag` with its 2 rows"), ("CALL purge();", "2 rows of `tag`"),
      ("VALUES (empty_tags());", "2 rows of `tag`"), ("INSERT INTO queue VALUES (1);", "2 rows of `tag`"),
      ("INSERT INTO child SELECT NULL, empty_tags()::text;", "2 rows of `tag`"),
      ("CREATE TABLE result AS SELECT empty_tags();", "2 rows of `tag`"),
      ("ALTER TABLE child ADD n int DEFAULT empty_tags();", "2 rows of `tag`"),
      ("EXPLAIN ANALYZE DELETE FROM tag;", "2 rows of `tag`"),
      ("PREPARE p AS DELETE FROM tag; EXECUTE p;", "2 rows of `tag`"),
      (
        "CREATE TRIGGER t AFTER INSERT ON child EXECUTE FUNCTION on_child(); INSERT INTO child VALUES (NULL, 'x');",
        "rows of `tag`"
      ),
      (
        """
        CREATE CONSTRAINT TRIGGER t AFTER INSERT ON child DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
          EXECUTE FUNCTION on_child();
        INSERT INTO child VALUES (NULL, 'x');
        """, "rows of `tag`"
      ),
      (
        """
        CREATE FUNCTION blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.path = NULL; RETURN NEW; END $$;
        CREATE TRIGGER t BEFORE UPDATE ON video FOR EACH ROW EXECUTE FUNCTION blank();
        ALTER TABLE video ADD fps int;
        UPDATE video SET fps = 25;
        """, "values in 3 rows of `video`"
      ),
      (
        """
        CREATE FUNCTION resize() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.size = 7; RETURN NEW; END $$;
        CREATE TRIGGER t BEFORE UPDATE ON video FOR EACH ROW EXECUTE FUNCTION resize();
        UPDATE video SET path = 'A' WHERE path = 'a'; ALTER TABLE video ADD CHECK (path IN ('A', 'b', 'c'));
        """, "values in 1 row of `video`"
      ),
      (
        """
        CREATE FUNCTION upper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.path = 'Z'; RETURN NEW; END $$;
        CREATE TRIGGER t BEFORE UPDATE ON video FOR EACH ROW EXECUTE FUNCTION upper();
        UPDATE video SET path = 'A' WHERE path = 'a'; ALTER TABLE video ADD CHECK (path IN ('A', 'b', 'c', 'Z'));
        """, "values in 1 row of `video`"
      ),
      (
        "CREATE RULE r AS ON UPDATE TO child DO ALSO DELETE FROM tag; UPDATE child SET name = name WHERE true;",
        "2 rows of `tag`"
      ),
      ("SET session_replication_role = replica; UPDATE seen SET path = 'x';", "values in 3 rows of `video`"),
      // Attributes of composite types, in columns and arrays.
      ("ALTER TYPE place DROP ATTRIBUTE y;", "the column `place.y` with its 3 values"),
      ("ALTER TYPE place DROP ATTRIBUTE IF EXISTS x CASCADE;", "the column `place.x` with its 3 values"),
      ("DO $$ BEGIN ALTER TYPE place DROP ATTRIBUTE y; END $$;", "the column `place.y` with its 3 values"),
      ("DROP TYPE place CASCADE;", "the column `spot.at` with its 2 values"),
      // Cursors, rows that refer to each other, parts of values, a caught error.
      (
        "DECLARE c CURSOR FOR SELECT * FROM tag FOR UPDATE; FETCH c; DELETE FROM tag WHERE CURRENT OF c;",
        "1 row of `tag`"
      ),
      ("DELETE FROM node WHERE id = 1;", "3 rows of `node`"),
      ("UPDATE spot SET line[1] = NULL WHERE line IS NOT NULL;", "values in 1 row of `spot`"),
      ("SET LOCAL session_replication_role = 'replica'; DELETE FROM node WHERE id = 1;", "1 row of `node`"),
      (
        """
        DO $$ BEGIN BEGIN DELETE FROM tag; RAISE EXCEPTION 'no'; EXCEPTION WHEN others THEN DELETE FROM video WHERE id = 3;
        END; END $$;
        """, "1 row of `video`"
      ),
      (
        "DO $$ DECLARE r record; BEGIN FOR r IN SELECT name FROM tag LOOP EXECUTE format('DELETE FROM tag WHERE name = %L', r.name); END LOOP; END $$;",
        "2 rows of `tag`"
      ),
      (
        "ALTER TABLE tag RENAME TO labels; CREATE VIEW tag AS SELECT * FROM labels; DELETE FROM tag WHERE uses = 1;",
        "1 row of `tag`"
      ),
      (
        "ALTER TABLE tag ADD n int; UPDATE tag SET n = uses; ALTER TABLE tag DROP uses; ALTER TABLE tag RENAME n TO uses;",
        "the column `tag.uses` with its 2 values"
      ),
      ("DROP DOMAIN positive CASCADE;", "the column `node.weight` with its 1 value"),
      ("DELETE FROM tag USING video WHERE video.id = tag.uses;", "2 rows of `tag`"),
      ("UPDATE tag SET uses = tag.uses + 1 FROM video WHERE video.id = tag.uses;", "values in 2 rows of `tag`"),
      // What CASCADE takes along, and other names.
      ("DROP TYPE mood CASCADE;", "the column `video.mood` with its 1 value"),
      (
        "CREATE TABLE above (n int); ALTER TABLE kid NO INHERIT base; ALTER TABLE kid INHERIT above; DELETE FROM above;",
        "1 row of `kid`"
      ),
      (
        "CREATE TABLE above (n int); ALTER TABLE kid NO INHERIT base; ALTER TABLE kid INHERIT above; DROP TABLE above CASCADE;",
        "the table `kid` with its 1 row"
      ),
      ("DROP TABLE base CASCADE;", "the table `base` with its"), ("ALTER TABLE base DROP n;", "the values of `base.n`"),
      ("DROP TABLE log;", "the table `log` with its"), ("ALTER TABLE log DROP what;", "the values of `log.what`"),
      ("DROP SCHEMA public CASCADE;", "the table `video` with its"), ("DROP OWNED BY CURRENT_USER CASCADE;", ""),
      (
        "CREATE TEMP TABLE tag (x int); DROP TABLE pg_temp.tag; DROP TABLE tag CASCADE;",
        "the table `tag` with its 2 rows"
      ),
      ("CREATE TEMP TABLE tag (x int); DROP TABLE tag; DROP TABLE tag CASCADE;", "the table `tag` with its 2 rows"),
      ("ALTER TABLE tag RENAME TO gone; DROP TABLE gone CASCADE;", "the table `tag` with its 2 rows"),
      ("CREATE SCHEMA s; ALTER TABLE tag SET SCHEMA s; DELETE FROM s.tag WHERE true;", "2 rows of `tag`"),
      (
        "ALTER TABLE video RENAME path TO place; ALTER TABLE video DROP place CASCADE;",
        "the column `video.place` with its 3"
      ),
      ("ALTER TABLE tag ALTER uses TYPE text USING 'x';", "the values of `tag.uses`"),
      ("ALTER TABLE tag ALTER uses TYPE text USING CASE WHEN uses > 1 THEN uses::text END;", "1 value of `tag.uses`"),
      (
        "ALTER TABLE tag RENAME TO t; ALTER TABLE t ALTER name TYPE text, ALTER uses SET DATA TYPE text USING md5('x');",
        "2 values of `tag.uses`"
      ),
      (
        "ALTER TABLE tag FORCE ROW LEVEL SECURITY; ALTER TABLE tag ENABLE ROW LEVEL SECURITY; DROP TABLE tag;",
        "`tag` with its"
      ),
      // A new type changes the values.
      ("ALTER TABLE take ALTER ts TYPE date;", "1 value of `take.ts`"),
      ("ALTER TABLE take ALTER COLUMN n SET DATA TYPE numeric(3, 1);", "1 value of `take.n`"),
      ("ALTER TABLE ONLY public.take ALTER path TYPE text USING left(path, 1);", "1 value of `take.path`"),
      ("ALTER TABLE take ALTER ts TYPE text, ALTER path TYPE varchar USING upper(path);", "2 values of `take.path`"),
      ("ALTER TABLE video ALTER mood TYPE text USING CASE mood WHEN 'ok' THEN 'fine' END;", "1 value of `video.mood`"),
      (
        "ALTER TABLE log ALTER what TYPE text USING (CASE WHEN at < 10 THEN 'x' ELSE what END);",
        "2 values of `log.what`"
      ),
      ("DO $$ BEGIN ALTER TABLE take ALTER path TYPE text USING NULL; END $$;", "the values of `take.path`"),
      ("DO $$ BEGIN ALTER TABLE take ALTER ts TYPE date; END $$;", "the values of `take.ts`"),
      ("SELECT days();", "the values of `take.ts`"),
      ("DO $$ BEGIN TRUNCATE tag; INSERT INTO tag VALUES ('a', 1), ('b', 2); END $$;", "the values of `tag.name`"),
      ("SET track_counts = off; DELETE FROM tag WHERE true;", "cannot be measured"),
    ])
  func whatIsLostIsCountedAndRolledBack(_ statements: String, _ loss: String) throws {
    let error = try #require(try failure(statements), "\(statements)")
    #expect(loss.isEmpty || error.message.contains(loss), "\(error.message)")
  }

  @Test func mergeIsMeasured() throws {
    let store = try RevisionStore()
    guard Int(try store.scratch.rows("SHOW server_version_num")[0]) ?? 0 >= 150_000 else { return }
    let error = try #require(
      try failure("MERGE INTO tag USING (SELECT 'red' AS n) AS s ON tag.name = s.n WHEN MATCHED THEN DELETE;"))
    #expect(error.message.contains("1 row of `tag`"), "\(error.message)")
  }

  @Test(
    arguments: [
      "UPDATE video SET path = 'A' WHERE path = 'a'; ALTER TABLE video ADD CHECK (path IN ('A', 'b', 'c')) NOT VALID;",
      // A trigger that leaves the row as it is.
      """
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER t BEFORE UPDATE ON video FOR EACH ROW EXECUTE FUNCTION keep();
      UPDATE video SET path = 'A' WHERE path = 'a'; ALTER TABLE video ADD CHECK (path IN ('A', 'b', 'c')) NOT VALID;
      """,
      "DROP TABLE empty_parent CASCADE;", "DELETE FROM empty_parent;", "TRUNCATE hollow;", "DROP TABLE hollow;",
      "DO $$ BEGIN DROP TABLE hollow; END $$;", "DO $$ BEGIN TRUNCATE hollow; END $$;",
      "UPDATE video SET size = 5 WHERE size IS NULL;", "UPDATE video SET path = path WHERE true;",
      "ALTER TABLE video ADD fps int; UPDATE video SET fps = 25; UPDATE video SET fps = fps + 1;",
      "ALTER TABLE video ADD fps int; DO $$ BEGIN UPDATE video SET fps = 25; END $$;",
      "ALTER TABLE log ADD more int; UPDATE log SET more = at;", "UPDATE seen SET path = path;",
      "INSERT INTO tag VALUES ('new', 1); INSERT INTO tag VALUES ('red', 9) ON CONFLICT DO NOTHING;",
      "INSERT INTO tag VALUES ('newer', 1) ON CONFLICT (name) DO UPDATE SET uses = 9;",
      "ALTER TABLE video ALTER size TYPE bigint;", "ALTER TABLE tag ALTER uses TYPE text USING uses::text;",
      "ALTER TABLE video ALTER size TYPE text; CLUSTER video USING video_pkey;",
      "ALTER TABLE take ALTER ts TYPE timestamptz USING ts AT TIME ZONE 'UTC', ALTER n TYPE money;",
      "ALTER TABLE take ALTER n TYPE double precision; ALTER TABLE take ALTER path TYPE varchar(2);",
      "ALTER TABLE video ALTER mood TYPE text; ALTER TABLE log ALTER what TYPE varchar USING trim(what);",
      "DO $$ BEGIN ALTER TABLE take ALTER n TYPE numeric(6, 3), ALTER ts TYPE text; END $$;",
      "-- metaxy:allow DS104 days\nALTER TABLE take ALTER ts TYPE date;",
      "-- metaxy:allow DS105 days\nSELECT days();",
      "ALTER TABLE take ADD x text; UPDATE take SET x = path; ALTER TABLE take ALTER x TYPE text USING upper(x);",
      "CREATE TABLE mine (n int); INSERT INTO mine VALUES (1); UPDATE mine SET n = 2; DELETE FROM mine; DROP TABLE mine;",
      "CREATE TEMP TABLE tag (x int); INSERT INTO tag VALUES (1); DELETE FROM tag; DROP TABLE tag;",
      "-- metaxy:allow DS105 moved away\nDO $$ BEGIN DELETE FROM tag; END $$;",
      "-- metaxy:allow DS102 moved away\nSELECT drop_tags();",
      "-- metaxy:allow DS103 moved away\nDROP TYPE mood CASCADE;",
      "ALTER TYPE unused DROP ATTRIBUTE b;", "ALTER TYPE place ADD ATTRIBUTE z int; ALTER TYPE place DROP ATTRIBUTE z;",
      "ALTER TYPE place RENAME ATTRIBUTE y TO z;",
      "-- metaxy:allow DS103 moved away\nALTER TYPE place DROP ATTRIBUTE y;",
      "SELECT count(*) FROM video;", "ALTER TABLE hollow DROP n;", "ALTER TABLE child DROP parent;",
    ])
  func whatLosesNothingRuns(_ statements: String) throws {
    let error = try failure(statements)
    #expect(error == nil, "\(statements): \(error.map { "\($0)" } ?? "")")
  }

  @Test func itIsSeenBehindHundredsOfStatements() throws {
    let many = (1...150).map { "INSERT INTO child VALUES (NULL, '\($0)');" }.joined(separator: "\n")
    #expect(try failure("\(many)\nINSERT INTO queue VALUES (1);")?.message.contains("2 rows of `tag`") == true)
    let error = try failure("\(many)\nINSERT INTO queue VALUES (1);\n-- metaxy:allow DS105 x\nDELETE FROM video;")
    #expect(error?.message.contains("2 rows of `tag`") == true)
  }

  /// More statements than are all measured.
  private static let many = (1...101).map { "COMMENT ON TABLE child IS '\($0)';" }.joined(separator: "\n")

  @Test(
    arguments: [
      // Under the names before the section, these would be refused before it runs.
      ("ALTER TABLE child RENAME TO heir; DROP TABLE heir;", "the table `child` with its 1 row"),
      ("ALTER TABLE node RENAME TO n; DROP TABLE IF EXISTS n RESTRICT;", "the table `node` with its 3 rows"),
      ("ALTER TABLE child RENAME TO heir; DROP TABLE hollow; DROP TABLE heir;", "the table `child` with its 1 row"),
      ("ALTER TABLE child RENAME TO heir; DROP TABLE hollow, heir;", "the table `child` with its 1 row"),
      ("ALTER TABLE log RENAME TO logs; DROP TABLE logs;", "the table `log` with its 3 rows"),
      (
        "ALTER TABLE video RENAME size TO n; ALTER TABLE ONLY video DROP COLUMN n;",
        "the column `video.n` with its 1 value"
      ),
      ("ALTER TABLE base RENAME n TO m; ALTER TABLE base DROP m;", "the column `base.m` with its 1 value"),
      ("ALTER TABLE take ALTER ts TYPE date;", "1 value of `take.ts`"),
      ("ALTER TABLE take ALTER path TYPE text USING upper(path);", "2 values of `take.path`"),
      // A consent to another loss.
      ("ALTER TABLE node RENAME TO n;\n-- metaxy:allow DS103 old\nDROP TABLE n;", "the table `node` with its 3 rows"),
      // What a rule deletes before a statement that consents to its own loss, or after it.
      (
        "INSERT INTO queue VALUES (1);\n-- metaxy:allow DS105 days\nALTER TABLE take ALTER ts TYPE date;",
        "2 rows of `tag`"
      ),
      (
        "-- metaxy:allow DS105 days\nALTER TABLE take ALTER ts TYPE date; INSERT INTO queue VALUES (1);",
        "2 rows of `tag`"
      ),
      (
        "INSERT INTO queue VALUES (1);\n-- metaxy:allow DS105 x\nALTER TABLE tag ALTER uses TYPE text;",
        "2 rows of `tag`"
      ),
    ])
  func whatOneTableLosesIsSeenBehindHundredsOfStatements(_ statements: String, _ loss: String) throws {
    let error = try failure("\(Self.many)\n\(statements)\nCOMMENT ON TABLE queue IS 'end';")
    #expect(error?.message.contains(loss) == true, "\(statements): \(error.map { "\($0)" } ?? "")")
  }

  @Test func whatLosesNothingRunsBehindHundredsOfStatements() throws {
    let error = try failure(
      """
      \(Self.many)
      CREATE INDEX by_path ON video (path); DROP INDEX by_path;
      DROP TABLE hollow; DROP TABLE IF EXISTS hollow;
      CREATE TABLE hollow (n int); INSERT INTO hollow VALUES (1); ALTER TABLE hollow DROP n; DROP TABLE hollow;
      ALTER TABLE child DROP parent; DROP TABLE empty_parent;
      ALTER TABLE video ALTER size TYPE bigint, ALTER mood TYPE text; ALTER TABLE video ADD seen timestamptz DEFAULT clock_timestamp();
      ALTER TABLE take ALTER n TYPE double precision; ALTER TABLE take ALTER path TYPE varchar(2);
      ALTER TABLE base ALTER n TYPE bigint; ALTER TABLE log ALTER what TYPE varchar USING trim(what);
      -- metaxy:allow DS104 days
      ALTER TABLE take ALTER ts TYPE date;
      -- metaxy:allow DS102 old
      DROP TABLE log;
      -- metaxy:allow DS102 old
      DROP TABLE node;
      -- metaxy:allow DS103 old
      ALTER TABLE base DROP n;
      COMMENT ON TABLE queue IS 'end';
      """)
    #expect(error == nil, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func temporaryObjectsEndWithTheirSectionAndShadowNothing() throws {
    var store = try RevisionStore(Self.start)
    try store.revision(
      "aa",
      """
      -- metaxy:upgrade
      CREATE TEMP TABLE alembic_version (version_num text);
      INSERT INTO alembic_version VALUES ('zz');
      CREATE TEMP TABLE alembic_version_log (id int);
      CREATE TEMP TABLE tag (x int);
      CREATE TEMP VIEW look AS SELECT 1;
      CREATE TEMP SEQUENCE s;
      CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
      -- metaxy:upgrade
      INSERT INTO tag VALUES ('green', 3);
      CREATE TABLE look (n int);
      -- metaxy:downgrade
      """)
    try store.revision("bb", "-- metaxy:upgrade\nINSERT INTO look VALUES (1);\n-- metaxy:downgrade")
    try store.upgrade(allowsLoss: false)
    #expect(try store.versions() == ["bb"])
    #expect(try store.scratch.rows("SELECT count(*) FROM look; SELECT count(*) FROM tag") == ["1", "3"])
    #expect(
      try store.scratch.rows("SELECT revision, finished_at IS NOT NULL FROM alembic_version_log ORDER BY id") == [
        "aa|t", "bb|t",
      ])
  }
}
