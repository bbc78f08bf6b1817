import MetaxyFeatures
import MetaxyNames
import MetaxyPostgreSQL
import MetaxySQL
import MetaxySchema
import MetaxyTestSupport
import Testing

/// Names that PostgreSQL has chosen are nobody's.
@Suite(.timed) struct GeneratedNameTests {
  private func table(_ sql: String, _ name: TableName = "t") throws -> Table {
    try ScratchDatabase(sql).table(name).withExplicitNames(by: PostgreSQLDialect())
  }

  @Test func namesThatPostgreSQLHasChosenAreNotGiven() throws {
    let long = String(repeating: "a_long_name_", count: 5)
    for name in ["t", "Some Table", long, String(repeating: "ü", count: 31)] {
      let table = try table(
        """
        CREATE TABLE u (id int PRIMARY KEY);
        CREATE TABLE "\(name)" (
          id serial PRIMARY KEY, \(long) int UNIQUE CHECK (\(long) > 0), b text REFERENCES "\(name)" (c) CHECK (b <> 'id'),
          c text UNIQUE, d int REFERENCES u REFERENCES u, r int4range, CHECK (d > \(long)), CHECK (d <> \(long)),
          UNIQUE (c, d) INCLUDE (r), UNIQUE (d, c), EXCLUDE USING gist (r WITH &&, int4range(d, d) WITH &&));
        CREATE INDEX ON "\(name)" (b, lower(b), (d + 1), (d - 1)); CREATE INDEX ON "\(name)" (b, lower(b), (d + 1), (d - 1));
        """, TableName(name))
      let names =
        [table.primaryKey?.name] + table.uniques.map(\.name) + table.checks.map(\.name) + table.foreignKeys.map(\.name)
        + table.exclusions.map(\.name) + table.indexes.map(\.name)
      #expect(names.count == 15)
      #expect(names.compactMap { $0?.isExplicit == false ? nil : $0?.text } == [])
      #expect(table.columns[0].identity == Identity(.serial))
    }
  }

  @Test func otherNamesAreGiven() throws {
    let table = try table(
      """
      CREATE TABLE u (id int PRIMARY KEY);
      CREATE TABLE t (
        id int, b text, CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT t_b_key1a UNIQUE (b), CONSTRAINT t_b_key UNIQUE (id, b),
        CONSTRAINT t_id_check CHECK (b <> ''), CONSTRAINT fk FOREIGN KEY (id) REFERENCES u);
      CREATE INDEX t_b_idx ON t (id); CREATE SEQUENCE s; CREATE TABLE v (); ALTER TABLE t ADD n int DEFAULT nextval('s');
      ALTER SEQUENCE s OWNED BY t.n
      """)
    let names =
      [table.primaryKey?.name] + table.uniques.map(\.name) + table.checks.map(\.name) + table.foreignKeys.map(\.name)
      + table.indexes.map(\.name)
    #expect(names.count == 6)
    #expect(names.compactMap { $0?.isExplicit == true ? nil : $0?.text } == [])
    #expect(table.column("n")?.identity?.sequence == "s")
  }
}
