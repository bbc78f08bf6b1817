import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Changes of schema on a real server, there and back.
@Suite(.timed) struct MigrationTests {
  @Test(arguments: [true, false])
  func constraintsOfEveryKindComeAndGo(isOnline: Bool) throws {
    try Migration(
      from: """
        CREATE TABLE owner (id int PRIMARY KEY, code text);
        CREATE TABLE video (id int NOT NULL, owner int, path text, during int4range);
        INSERT INTO owner VALUES (1, 'a'), (2, 'b'); INSERT INTO video VALUES (1, 1, 'x', '[1,2)'), (2, 2, 'y', '[2,3)');
        """,
      to: """
        CREATE TABLE owner (id int PRIMARY KEY, code text, CONSTRAINT uq_code UNIQUE (code));
        CREATE TABLE video (id int NOT NULL CONSTRAINT pk_video PRIMARY KEY, owner int, path text NOT NULL, during int4range,
          code text CONSTRAINT fk_code REFERENCES owner (code) ON DELETE SET NULL,
          CONSTRAINT uq_path UNIQUE (path) INCLUDE (owner) DEFERRABLE INITIALLY DEFERRED,
          CONSTRAINT ck_id CHECK (id > 0), CONSTRAINT ex_during EXCLUDE USING gist (during WITH &&),
          CONSTRAINT fk_owner FOREIGN KEY (owner) REFERENCES owner (id) ON UPDATE CASCADE);
        CREATE UNIQUE INDEX ix_path ON video (lower(path) DESC) WHERE id > 1;
        COMMENT ON CONSTRAINT uq_path ON video IS 'one each'; COMMENT ON INDEX ix_path IS 'small letters';
        """, isOnline: isOnline
    ).goThereAndBack()
  }

  /// The referenced keys change under the foreign keys, but two refer to each other.
  @Test func keysChangeUnderTheirForeignKeys() throws {
    try Migration(
      from: """
        CREATE TABLE a (id int CONSTRAINT a_pkey PRIMARY KEY, b int);
        CREATE TABLE b (id int CONSTRAINT b_pkey PRIMARY KEY, a int CONSTRAINT fk_a REFERENCES a (id));
        ALTER TABLE a ADD CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES b (id);
        INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1); UPDATE a SET b = 1;
        """,
      to: """
        CREATE TABLE a (id text, b text, n int NOT NULL DEFAULT 0, CONSTRAINT a_pkey PRIMARY KEY (id, n), CONSTRAINT uq_id UNIQUE (id));
        CREATE TABLE b (id text CONSTRAINT b_pkey PRIMARY KEY, a text CONSTRAINT fk_a REFERENCES a (id));
        ALTER TABLE a ADD CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES b (id);
        """
    ).goThereAndBack()
  }

  /// PostgreSQL keeps storage parameters as they are given, and puts those that are set later at the end.
  @Test func storageParametersKeepTheirOrder() throws {
    try Migration(
      from: """
        CREATE TABLE old (id int) WITH (fillfactor = 80, autovacuum_enabled = true, parallel_workers = 2);
        CREATE TABLE plain (id int);
        """,
      to: """
        CREATE TABLE old (id int) WITH (fillfactor = 70, autovacuum_enabled = true);
        CREATE TABLE plain (id int) WITH (parallel_workers = 2, fillfactor = 90);
        CREATE TABLE young (id int) WITH (parallel_workers = 4, fillfactor = 60);
        CREATE INDEX ix_plain ON plain (id) WITH (fillfactor = 100, deduplicate_items = true);
        """
    ).goThereAndBack()
  }

  @Test func whatIsRenamedGetsAnotherComment() throws {
    let migration = try Migration(
      from: """
        CREATE TABLE t (a int CONSTRAINT ck_old CHECK (a > 0), b int CONSTRAINT ck_kept CHECK (b > 0));
        CREATE INDEX ix_old ON t (a); COMMENT ON INDEX ix_old IS 'before'; COMMENT ON CONSTRAINT ck_old ON t IS 'old';
        COMMENT ON CONSTRAINT ck_kept ON t IS 'kept';
        """,
      to: """
        CREATE TABLE t (a int CONSTRAINT ck_new CHECK (a > 0), b int CONSTRAINT ck_other CHECK (b > 0));
        CREATE INDEX ix_new ON t (a); COMMENT ON INDEX ix_new IS 'after'; COMMENT ON CONSTRAINT ck_new ON t IS 'new';
        COMMENT ON CONSTRAINT ck_other ON t IS 'kept';
        """)
    #expect(
      migration.operations.map(\.verb) == [
        "rename_index", "rename_constraint", "rename_constraint", "add_constraint_comment", "add_index_comment",
      ])
    try migration.goThereAndBack()
  }

  @Test func aNewTableRefersToAKeyThatComesWithIt() throws {
    try Migration(
      from: "CREATE TABLE video (id int, path text)",
      to: """
        CREATE TABLE video (id int, path text CONSTRAINT uq_path UNIQUE);
        CREATE TABLE crop (path text CONSTRAINT fk_path REFERENCES video (path), up text, id int CONSTRAINT pk_crop PRIMARY KEY,
          next int CONSTRAINT fk_next REFERENCES crop (id));
        """
    ).goThereAndBack()
  }

  @Test func typesOfEnumsTakeEachOthersPlace() throws {
    let migration = try Migration(
      from: """
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
        CREATE TABLE t (id int, m mood DEFAULT 'ok', all_of mood[] DEFAULT '{sad,ok}', CONSTRAINT ck CHECK (m <> 'sad' OR id > 0));
        CREATE TABLE u (m mood);
        CREATE INDEX ix ON t (id) WHERE m = 'glad';
        INSERT INTO t SELECT n, (ARRAY['ok', 'glad'])[n % 2 + 1]::mood FROM generate_series(1, 10000) AS n;
        """,
      to: """
        CREATE TYPE mood AS ENUM ('new', 'glad', 'ok');
        CREATE TABLE t (id int, m mood DEFAULT 'new', all_of mood[] DEFAULT '{ok}', CONSTRAINT ck CHECK (m <> 'new' OR id > 0));
        CREATE TABLE u (m mood, added mood NOT NULL DEFAULT 'new');
        CREATE INDEX ix ON t (id) WHERE m = 'glad';
        """)
    _ = try migration.live.rows("UPDATE t SET all_of = '{glad}'")
    let digest = "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM t"
    let before = try migration.live.rows(digest)
    try migration.goThereAndBack()
    #expect(try migration.live.rows(digest) == before)
  }

  @Test func aValueThatRowsHoldKeepsItsType() throws {
    let migration = try Migration(
      from: """
        CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (m mood, l mood[]);
        INSERT INTO t VALUES ('sad', '{ok}'), ('sad', '{sad}');
        """, to: "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (m mood, l mood[])")
    let conditions = try migration.upgradeSections().flatMap(\.statements).flatMap(\.preconditions)
    #expect(conditions.map(\.message) == ["t.m holds `sad`", "t.l holds `sad`"])
    #expect(try conditions.map { try migration.live.rows("SELECT \($0.count)")[0] } == ["2", "1"])
    // 22P02: invalid_text_representation
    #expect { try migration.upgrade() } throws: { ($0 as? MetaxyError)?.code == .postgreSQL("22P02") }
    #expect(try migration.live.rows("SELECT m FROM t") == ["sad", "sad"])
  }

  /// An enum gets values in the middle and at the end, one of which a default uses at once; on the way back they go.
  @Test func valuesAreAddedInTheirPlaces() throws {
    try Migration(
      from: "CREATE TYPE mood AS ENUM ('b', 'd'); CREATE TABLE t (m mood DEFAULT 'b')",
      to: """
        CREATE TYPE mood AS ENUM ('a', 'b', 'c', 'd', 'e'); COMMENT ON TYPE mood IS 'how';
        CREATE TABLE t (m mood DEFAULT 'e', n mood NOT NULL DEFAULT 'a')
        """
    ).goThereAndBack()
  }

  @Test func rowsAreNumberedInOtherWays() throws {
    let rows = "INSERT INTO t (n) SELECT n FROM generate_series(1, 50) AS n"
    let migration = try Migration(
      from: """
        CREATE TABLE t (n int, plain bigint NOT NULL DEFAULT 3, ser serial, always int GENERATED ALWAYS AS IDENTITY,
          gone int GENERATED BY DEFAULT AS IDENTITY (START WITH 5), small smallserial);
        \(rows);
        """,
      to: """
        CREATE TABLE t (n int, plain bigint GENERATED BY DEFAULT AS IDENTITY, ser int GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2),
          always int GENERATED BY DEFAULT AS IDENTITY (CACHE 5 CYCLE), gone int DEFAULT 8, small bigserial);
        """)
    try migration.goThereAndBack()
    try migration.upgrade()
    // Nothing that rows have is given out again.
    _ = try migration.live.rows("INSERT INTO t (n) VALUES (51)")
    #expect(
      try migration.live.rows("SELECT plain, ser > 50, always, gone, small FROM t WHERE n = 51") == ["4|t|51|8|51"])
  }

  @Test func whatReadsAColumnStandsAsideForItsType() throws {
    let migration = try Migration(
      from: """
        CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a + 1) STORED, CONSTRAINT ck CHECK (a > 0));
        CREATE INDEX ix_g ON t (g);
        CREATE VIEW direct WITH (security_barrier = true) AS SELECT id, a FROM t; CREATE VIEW over AS SELECT a FROM direct;
        CREATE VIEW other AS SELECT id FROM t; COMMENT ON VIEW direct IS 'it''s'; GRANT SELECT ON direct TO PUBLIC;
        INSERT INTO t (id, a) VALUES (1, 5);
        """,
      to: """
        CREATE TABLE t (id int PRIMARY KEY, a bigint, g int GENERATED ALWAYS AS (a + 1) STORED, CONSTRAINT ck CHECK (a > 0));
        CREATE INDEX ix_g ON t (g);
        """)
    let rights = "SELECT relname, relacl, reloptions, obj_description(oid) FROM pg_class WHERE relkind = 'v' ORDER BY 1"
    let before = try migration.live.rows(rights)
    try migration.upgrade()
    #expect(try migration.live.rows("SELECT a, pg_typeof(a), (SELECT g FROM t) FROM over") == ["5|bigint|6"])
    #expect(try migration.live.rows(rights) == before)
  }

  @Test func aViewThatCannotBeMadeAgainIsNamed() throws {
    let migration = try Migration(
      from: """
        CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
        """, to: "CREATE TABLE t (a bigint)")
    let error = #expect(throws: MetaxyError.self) { try migration.upgradeSections() }
    #expect(error?.code == .dependentViews)
  }

  @Test func whatDependsOnAChangedTypeGoesFirstAndComesLast() throws {
    try Migration(
      from: """
        CREATE TABLE t (a text DEFAULT 'x', CONSTRAINT ck CHECK (length(a) > 0)); CREATE INDEX ix ON t (lower(a));
        """,
      to: """
        CREATE TABLE t (a int DEFAULT 5, CONSTRAINT ck CHECK (a > 0)); CREATE INDEX ix ON t ((a + 1));
        """
    ).goThereAndBack()
  }

  @Test func computedColumnsBecomeOthers() throws {
    try Migration(
      from: """
        CREATE TABLE t (a int, plain int GENERATED ALWAYS AS (a) STORED, other int GENERATED ALWAYS AS (a + 1) STORED, b int DEFAULT 7);
        CREATE INDEX ix ON t (other); INSERT INTO t (a) VALUES (1);
        """,
      to: """
        CREATE TABLE t (a int, plain int DEFAULT 4, other int GENERATED ALWAYS AS (a + 2) STORED, b bigint GENERATED ALWAYS AS (a * 2) STORED);
        CREATE INDEX ix ON t (other);
        """
    ).goThereAndBack()
  }

  @Test func partitionsComeGoAndMove() throws {
    try Migration(
      from: """
        CREATE TABLE z (day int, n int, CONSTRAINT ck CHECK (n > 0)) PARTITION BY RANGE (day);
        CREATE TABLE a1 PARTITION OF z FOR VALUES FROM (1) TO (10); CREATE TABLE alone (day int, n int, CONSTRAINT ck CHECK (n > 0));
        INSERT INTO z VALUES (5, 1);
        """,
      to: """
        CREATE TABLE z (day int, n int, CONSTRAINT ck CHECK (n > 0)) PARTITION BY RANGE (day);
        CREATE TABLE a1 PARTITION OF z FOR VALUES FROM (1) TO (10);
        CREATE TABLE alone PARTITION OF z FOR VALUES FROM (10) TO (20);
        CREATE TABLE a0 PARTITION OF z FOR VALUES FROM (20) TO (30) PARTITION BY LIST (n);
        CREATE TABLE a01 PARTITION OF a0 DEFAULT; CREATE INDEX ix ON z (n);
        """
    ).goThereAndBack()
  }

  @Test func schemasSequencesAndTheirOwnersComeAndGo() throws {
    try Migration(
      from: "CREATE SEQUENCE q START 5; CREATE TABLE keep (a int)",
      to: """
        CREATE SCHEMA film; CREATE TYPE film.mood AS ENUM ('x');
        CREATE SEQUENCE film.ticket AS smallint INCREMENT 3 MINVALUE 2 CYCLE;
        CREATE TABLE film.shot (id int CONSTRAINT pk PRIMARY KEY, n int DEFAULT nextval('film.ticket') * 2, m film.mood DEFAULT 'x');
        ALTER SEQUENCE film.ticket OWNED BY film.shot.n; CREATE INDEX ix ON film.shot (n);
        COMMENT ON SEQUENCE film.ticket IS 'x'; COMMENT ON TABLE film.shot IS 'y'; COMMENT ON COLUMN film.shot.n IS 'z';
        CREATE SEQUENCE q INCREMENT -1; CREATE TABLE keep (a int);
        """
    ).goThereAndBack()
  }

  @Test func namesThatAreHardToWriteAreWritten() throws {
    try Migration(
      from: #"CREATE TABLE "Video-1" (a int)"#,
      to: #"""
        CREATE TABLE "Video-1" (a int, "He said ""no"";" text COLLATE "C" NOT NULL DEFAULT E'a''b\\;--',
          "ä" serial, CONSTRAINT "Key; DROP" UNIQUE ("He said ""no"";"));
        CREATE INDEX "1 ix" ON "Video-1" (("He said ""no"";" || ';'));
        CREATE TYPE "Mood 1" AS ENUM ('it''s'); CREATE TABLE "video-1" (m "Mood 1" DEFAULT 'it''s');
        """#
    ).goThereAndBack()
  }
}
