import MetaxyPostgreSQL
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Settings of tables, storage of columns, and states of constraints, there and back.
@Suite(.timed) struct SettingsMigrationTests {
  @Test(arguments: [true, false])
  func settingsOfTablesChange(isOnline: Bool) throws {
    try Migration(
      from: """
        CREATE TABLE w (id int CONSTRAINT w_pkey PRIMARY KEY, t text NOT NULL CONSTRAINT w_t UNIQUE);
        CREATE UNIQUE INDEX w_n ON w (t, id);
        ALTER TABLE w REPLICA IDENTITY USING INDEX w_n, CLUSTER ON w_t, ENABLE ROW LEVEL SECURITY;
        CREATE TABLE full_row (id int PRIMARY KEY); ALTER TABLE full_row REPLICA IDENTITY FULL;
        CREATE TABLE hidden (id int); ALTER TABLE hidden ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        INSERT INTO w VALUES (1, 'a'), (2, 'b');
        """,
      to: """
        CREATE TABLE w (id int CONSTRAINT w_pkey PRIMARY KEY, t text NOT NULL CONSTRAINT w_t UNIQUE);
        CREATE UNIQUE INDEX w_n ON w (id, t);
        ALTER TABLE w REPLICA IDENTITY USING INDEX w_n, CLUSTER ON w_n, FORCE ROW LEVEL SECURITY;
        CREATE TABLE full_row (id int PRIMARY KEY); ALTER TABLE full_row REPLICA IDENTITY NOTHING;
        CREATE TABLE hidden (id int);
        CREATE TABLE fresh (id int PRIMARY KEY, c text NOT NULL);
        CREATE UNIQUE INDEX fresh_c ON fresh (c);
        ALTER TABLE fresh REPLICA IDENTITY USING INDEX fresh_c, CLUSTER ON fresh_pkey;
        """, isOnline: isOnline
    ).goThereAndBack()
  }

  /// A setting refers to an index and not to its name: that of an adopted database can be another one.
  @Test func anIndexUnderAnotherNameIsTheSame() throws {
    let migration = try Migration(
      from: """
        CREATE TABLE w (id int CONSTRAINT theirs PRIMARY KEY, t text NOT NULL);
        CREATE UNIQUE INDEX their_index ON w (t);
        ALTER TABLE w CLUSTER ON theirs, REPLICA IDENTITY USING INDEX their_index;
        """,
      to: """
        CREATE TABLE w (id int PRIMARY KEY, t text NOT NULL); CREATE UNIQUE INDEX ON w (t);
        ALTER TABLE w CLUSTER ON w_pkey, REPLICA IDENTITY USING INDEX w_t_idx;
        """)
    #expect(migration.operations.map(\.description) == [])
  }

  @Test func storageOfColumnsChanges() throws {
    try Migration(
      from: """
        CREATE TABLE v (id int PRIMARY KEY, a varchar(10), b text, c jsonb COMPRESSION pglz, n numeric);
        ALTER TABLE v ALTER a SET STORAGE MAIN, ALTER a SET COMPRESSION pglz, ALTER a SET STATISTICS 10,
          ALTER a SET (n_distinct = 3), ALTER b SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz,
          ALTER b SET STATISTICS 11, ALTER n SET STORAGE EXTERNAL, ALTER n SET (n_distinct = 1, n_distinct_inherited = 2);
        INSERT INTO v VALUES (1, 'x', '2', '{}', 3);
        """,
      to: """
        CREATE TABLE v (id int PRIMARY KEY, a text, b int, c jsonb, n numeric, z text);
        ALTER TABLE v ALTER a SET STORAGE MAIN, ALTER a SET COMPRESSION pglz, ALTER a SET STATISTICS 10,
          ALTER a SET (n_distinct = 3), ALTER b SET STATISTICS 12, ALTER n SET STATISTICS 0, ALTER n SET (n_distinct = 4),
          ALTER z SET STORAGE PLAIN;
        """
    ).goThereAndBack()
  }

  /// A partition takes the storage of its parent when it is created, but not later.
  @Test func partitionsHaveSettingsOfTheirOwn() throws {
    try Migration(
      from: """
        CREATE TABLE m (d date, v text) PARTITION BY RANGE (d);
        CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        INSERT INTO m VALUES ('2020-02-02', 'x');
        """,
      to: """
        CREATE TABLE m (d date, v text, CONSTRAINT m_pkey PRIMARY KEY (d) WITH (fillfactor = 50)) PARTITION BY RANGE (d);
        CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        ALTER TABLE ONLY m ALTER v SET STORAGE EXTERNAL;
        CREATE TABLE m2 PARTITION OF m FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
        ALTER TABLE ONLY m ALTER v SET STORAGE MAIN;
        ALTER TABLE m1 ALTER v SET STATISTICS 50; ALTER TABLE m1 ENABLE ROW LEVEL SECURITY;
        """
    ).goThereAndBack()
  }

  @Test(arguments: [true, false])
  func constraintsAreValidatedAndChangeTheirIndexes(isOnline: Bool) throws {
    let migration = try Migration(
      from: """
        CREATE TABLE o (id int CONSTRAINT o_pkey PRIMARY KEY);
        CREATE TABLE w (id int CONSTRAINT w_pkey PRIMARY KEY, t text CONSTRAINT w_t UNIQUE WITH (fillfactor = 70), n int, o int);
        ALTER TABLE w ADD CONSTRAINT ck CHECK (n > 0) NOT VALID, ADD CONSTRAINT ck2 CHECK (n < 1000),
          ADD CONSTRAINT fk FOREIGN KEY (o) REFERENCES o NOT VALID;
        COMMENT ON CONSTRAINT ck2 ON w IS 'few';
        INSERT INTO w VALUES (1, 'a', 1, NULL);
        """,
      to: """
        CREATE TABLE o (id int CONSTRAINT o_pkey PRIMARY KEY);
        CREATE TABLE w (id int CONSTRAINT w_pkey PRIMARY KEY WITH (fillfactor = 60), t text CONSTRAINT w_t UNIQUE, n int, o int,
          CONSTRAINT w_n UNIQUE (n) WITH (fillfactor = 40));
        ALTER TABLE w ADD CONSTRAINT ck CHECK (n > 0), ADD CONSTRAINT ck2 CHECK (n < 1000) NOT VALID,
          ADD CONSTRAINT fk FOREIGN KEY (o) REFERENCES o;
        COMMENT ON CONSTRAINT ck2 ON w IS 'few';
        """, isOnline: isOnline)
    let statements = try migration.upgradeSections().flatMap(\.statements)
    #expect(statements.contains { $0.sql == #"ALTER TABLE "w" VALIDATE CONSTRAINT "ck""# && !$0.preconditions.isEmpty })
    #expect(!statements.contains { $0.sql.contains(#"DROP CONSTRAINT "ck""#) || $0.sql.contains("DROP INDEX") })
    try migration.goThereAndBack()
  }

  @Test func sequencesKeepTheirNamesAndPersistence() throws {
    try Migration(
      from: """
        CREATE UNLOGGED SEQUENCE quick; CREATE SEQUENCE safe;
        CREATE TABLE s (id int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME mine));
        """,
      to: """
        CREATE SEQUENCE quick; CREATE UNLOGGED SEQUENCE safe; CREATE UNLOGGED SEQUENCE young;
        CREATE TABLE s (id int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME yours));
        CREATE TABLE r (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME theirs));
        """
    ).goThereAndBack()
  }

  /// A feature has no settings, so its table keeps those that it has.
  @Test func withoutSettingsADefinitionChangesNone() throws {
    let live = try ScratchDatabase(
      """
      CREATE TABLE w (id int PRIMARY KEY WITH (fillfactor = 60), t text);
      ALTER TABLE w ENABLE ROW LEVEL SECURITY, REPLICA IDENTITY FULL, CLUSTER ON w_pkey, ALTER t SET STORAGE PLAIN;
      """)
    let feature = try ScratchDatabase("CREATE TABLE w (id int PRIMARY KEY, t text)").schema()
    let operations = SchemaComparison(rules: PostgreSQLDialect()).operations(from: try live.schema(), to: feature)
    #expect(operations == [])
  }
}
