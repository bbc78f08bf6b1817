import MetaxyDatabase
import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySchema
import Testing

@Suite struct SQLWriterTests {
  private static let name = TableName("t", schema: "s")

  private static let table = Table(
    name: name,
    columns: [
      Column(name: "a", type: .varchar(9), isNullable: false, defaultValue: "x", collation: "nocase"),
      Column(name: "b", type: .boolean, defaultValue: .literal(.boolean(true))),
      Column(name: "c", type: .timestamp, defaultValue: .currentTimestamp),
      Column(name: "d", type: .numeric(12, 3), defaultValue: .sql("other", sqlite: "real")),
      Column(name: "e", type: .json, generated: .stored("a || b")),
    ],
    primaryKey: PrimaryKey(name: .derived("pk"), columns: ["a", "b"]),
    uniques: [UniqueConstraint(columns: ["c"])],
    checks: [
      CheckConstraint(name: .given("ck"), expression: "b > 0", column: "b"), CheckConstraint(expression: "d > 0"),
    ],
    foreignKeys: [
      ForeignKey(columns: ["d"], table: "u", referencedColumns: ["x"], onDelete: .setNull, column: "d"),
      ForeignKey(
        name: .derived("fk"), columns: ["a", "b"], table: TableName("u", schema: "s"), referencedColumns: [],
        onUpdate: .cascade),
    ], options: [.strict, .withoutRowID])

  private static let index = Index(
    name: .derived("i"),
    elements: [
      IndexElement(.column("a"), isDescending: true, collation: "rtrim"), .expression(.sql("f(a)", sqlite: "g(a)")),
    ], isUnique: true, predicate: "a > 1")

  @Test func aTableIsWrittenInStandardWordsAndThoseOfTheDialect() throws {
    #expect(
      try SQLWriter(NonsenseDialect()).createTable(Self.table) == """
        CREATE TABLE <s>.<t> (
          <a> tipe~string(9)! COLLATE kolating~nocase NOT NULL DEFAULT ´x´,
          <b> tipe~boolean! DEFAULT troo CONSTRAINT <ck> CHECK (b > 0),
          <c> tipe~timestamp! DEFAULT KURENT_TYMSTAMP,
          <d> tipe~numeric(12,3)! DEFAULT {other} REFERENCES <u> (<x>) ON DELETE SET NULL,
          <e> tipe~json! JENERATED {a || b} STOARD,
          CONSTRAINT <pk> PRIMARY KEY (<a>, <b>),
          UNIQUE (<c>),
          CHECK (d > 0),
          CONSTRAINT <fk> FOREIGN KEY (<a>, <b>) REFERENCES <s>.<u> ON UPDATE CASCADE
        ) STRIKT+WITHOWT
        """)
  }

  @Test func anIndexIsWrittenInStandardWordsAndThoseOfTheDialect() {
    #expect(
      SQLWriter(NonsenseDialect()).createIndex(Self.index, on: Self.name)
        == "CREATE UNIQUE INDEX <i> ON <s>.<t> (<a> COLLATE kolating~rtrim DESC, (f(a))) WHERE a > 1")
  }

  /// Every kind of operation that shared code writes, each with every word that an engine could want to spell in its own way.
  @Test func noOperationSaysAnEnginesWordThatTheDialectDidNotSay() throws {
    let columns = Self.table.columns
    let constraints: [Constraint] =
      [.unique(Self.table.uniques[0])] + (Self.table.primaryKey.map { [.primaryKey($0)] } ?? [])
      + Self.table.checks.map(Constraint.check) + Self.table.foreignKeys.map(Constraint.foreignKey)
    let operations: [MigrationOperation] =
      [
        .createTable(.init(Self.table)), .dropTable(.init(Self.table)), .renameTable(.init(Self.name, to: "u")),
        .renameColumn(.init(table: Self.name, from: "a", to: "z")),
        .createIndex(.init(table: Self.name, index: Self.index)),
        .dropIndex(.init(table: Self.name, index: Self.index)),
        .changeTableOptions(.init(table: Self.name, from: [], to: [.strict])),
      ]
      + columns.flatMap { column -> [MigrationOperation] in
        [
          .addColumn(.init(table: Self.name, column: column)), .dropColumn(.init(table: Self.name, column: column)),
          .changeColumn(.init(table: Self.name, aspect: .type, from: column, to: column)),
        ]
      }
      + constraints.flatMap { constraint -> [MigrationOperation] in
        [
          .addConstraint(.init(table: Self.name, constraint: constraint)),
          .dropConstraint(.init(table: Self.name, constraint: constraint)),
        ]
      }
    let statements = try NonsenseDialect().sections(for: operations, on: RenamedSchema(Schema())).flatMap(\.statements)
      .map(\.sql)
    #expect(statements.count == operations.count)
    // Only the keywords of the SQL standard may appear in addition to the dialect's.
    let standard: Set<String> = [
      "CREATE", "TABLE", "UNIQUE", "INDEX", "ON", "COLLATE", "NOT", "NULL", "DEFAULT", "CONSTRAINT", "PRIMARY", "KEY",
      "CHECK", "FOREIGN", "REFERENCES", "DELETE", "UPDATE", "SET", "CASCADE", "DESC", "WHERE",
    ]
    let nonsense: Set<String> = [
      "DORP", "TABEL", "ALTR", "AD", "RENAYM", "CHAYNGE", "INDEKS", "JENERATED", "STOARD", "VIRCHUAL", "STRIKT",
      "WITHOWT",
      "KURENT_TYMSTAMP",
    ]
    for statement in statements {
      let words = statement.split { !($0.isLetter || $0 == "_") }.map(String.init)
      let said = Set(words.filter { $0 == $0.uppercased() && $0.count > 1 })
      #expect(said.subtracting(standard).subtracting(nonsense) == [], "\(statement)")
      #expect(!statement.contains("\""), "\(statement)")
    }
  }

  @Test func theBooksAreWrittenInTheDialectsWords() throws {
    let connection = RecordingConnection()
    let environment = RunnerEnvironment(versionTable: "v", policy: AccessPolicy { _ in nil })
    let stamp = Stamp(
      connection: connection, dialect: NonsenseDialect(), environment: environment, toolVersion: "1")
    let file = RevisionFile(path: "a.sql", message: "m", revision: "aa")
    try stamp.set(rows: ["aa"], applied: [Stamp.Revision(file, tables: [])], reverted: [])
    #expect(connection.statements.contains("INSERT INTO <main>.<v> (<version_num>) VALUES (¿1)"))
    #expect(
      connection.statements.contains {
        $0.hasPrefix("CREATE TABLE <main>.<v> (\n  <version_num> tipe~string(32) NOT NULL")
      })
    #expect(connection.statements.contains { $0.hasPrefix("INSERT INTO <main>.<v_log> (<id>, <revision>") })
    #expect(connection.statements.allSatisfy { !$0.contains("\"") && !$0.contains("?") })
  }
}

/// A connection that executes nothing and records the statements.
private final class RecordingConnection: Connection {
  private(set) var statements: [String] = []

  func execute(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> Int {
    statements.append(sql)
    return 0
  }
  func query(_ sql: String, _ parameters: [SQLValue]) throws(MetaxyError) -> [[SQLValue]] {
    statements.append(sql)
    return []
  }
  func beginTransaction() throws(MetaxyError) {}
  func commitTransaction() throws(MetaxyError) {}
  func rollbackTransaction() {}
  func execute(_ sql: String, under policy: AccessPolicy) throws(MetaxyError) -> Int { try execute(sql, []) }
  let defaultSchema = "main"
  func tableNames() throws(MetaxyError) -> Set<TableName> { [] }
  func columnNames(of table: TableName) throws(MetaxyError) -> [String] { [] }
  func computedColumns(of table: TableName) throws(MetaxyError) -> Set<String> { [] }
  func tablesFollowing(_ table: TableName, whenDropped isDropped: Bool) throws(MetaxyError) -> [TableName] { [] }
  func finishStatements(
    under policy: AccessPolicy, tablesBefore before: Set<TableName>
  ) throws(MetaxyError) -> TableChanges { TableChanges() }
  func lossMeter(for statements: [[SQLToken]]) throws(MetaxyError) -> any LossMeter { NoLossMeter() }
}

/// Measures nothing.
private final class NoLossMeter: LossMeter {
  func measure(
    _ statement: MeasuredStatement, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement { Measurement(changedRows: try body()) }
  func finish() throws(MetaxyError) -> [MeasuredLoss] { [] }
}
