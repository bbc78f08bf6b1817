internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyFeatures
package import MetaxyNames
internal import MetaxySchema
internal import MetaxyTime

/// The log table next to a version table, with an entry for every run of a revision.
package struct RevisionLog {
  /// The progress of one run.
  package struct Entry: Sendable, Hashable {
    package var id: Int
    package var revision: String
    /// `upgrade`, `downgrade`, `undo` or `stamp`.
    package var direction: String
    /// UTC with microseconds: `2026-11-22 10:07:31.123456`.
    package var startedAt: String
    /// nil while the run continues, and if it failed or was interrupted.
    package var finishedAt: String?
    /// The number of committed sections.
    package var section = 0
    /// The number of completed statements of the next section, if it runs without a transaction.
    package var statement = 0
    /// The last row that the next section's batches have reached, as SQL literals; empty at the start of a further pass, nil
    /// before the first batch.
    package var position: String?
    package var checksum: String
    package var script: String
    package var tablesCreated: [TableName] = []
    package var tablesDropped: [TableName] = []
    package var rowsChanged = 0
    package var error: String?
    package var snapshotVersion: String?
    package var toolVersion: String
    /// Who ran it: the role of a server's session, or the user and host of the process. nil in logs of earlier versions.
    package var runBy: String?
    /// Whether the table has the entry.
    package var isLogged = false

    /// Whether the revision is partially applied.
    ///
    /// The undoing of an interrupted run is half-applied from its start: what it undoes is.
    package var isHalfApplied: Bool { finishedAt == nil && (section > 0 || statement > 0 || position != nil || isUndo) }

    /// The number of statements of the next section that have changed something.
    package var begunStatements: Int { statement + (position == nil ? 0 : 1) }

    /// The position before the first row of a further pass.
    package static let firstPosition = ""

    /// Whether the run undoes an interrupted one.
    package var isUndo: Bool { direction == Self.undo }

    /// The direction of a run that undoes an interrupted one, and does not move the version.
    package static let undo = "undo"
  }

  package let table: TableName
  private let dialect: any Dialect

  package init(_ table: TableName, dialect: any Dialect) {
    self.table = table
    self.dialect = dialect
  }

  /// Returns the name of the log of a version table.
  package static func name(for versionTable: TableName) -> TableName {
    TableName("\(versionTable.name)_log", schema: versionTable.schema)
  }

  /// Returns all entries in the order of the runs; none if the table does not exist.
  package func entries(_ connection: any Connection) throws(MetaxyError) -> [Entry] {
    try read(connection, order: "ASC")
  }

  /// Returns the entry of the last run.
  ///
  /// - Parameter isComplete: whether the table is known to exist with every column.
  package func last(_ connection: any Connection, isComplete: Bool = false) throws(MetaxyError) -> Entry? {
    try read(connection, order: "DESC LIMIT 1", isComplete: isComplete).first
  }

  /// Creates the table, or adds the columns that it lacks because an earlier version created it.
  package func createIfMissing(_ connection: any Connection) throws(MetaxyError) {
    let known = Set(try connection.columnNames(of: table))
    guard !known.isEmpty else {
      let definition = Self.definition(of: table.qualified(connection.defaultSchema))
      try connection.execute(SQLWriter(dialect).createTable(definition))
      return
    }
    for column in Column.ofLog where !known.contains(column.name) {
      let type = try dialect.typeName(of: column.type, in: [])
      try connection.execute("ALTER TABLE \(quotedName(connection)) ADD COLUMN \(dialect.quoted(column.name)) \(type)")
    }
  }

  /// The statement that creates the table if it does not exist.
  var definition: String {
    get throws(MetaxyError) {
      try SQLWriter(dialect).createTable(Self.definition(of: table), kind: "TABLE IF NOT EXISTS")
    }
  }

  private static func definition(of table: TableName) -> Table {
    Table(
      name: table, columns: Column.ofLog.map { Column(name: $0.name, type: $0.type, isNullable: $0.isNullable) },
      primaryKey: PrimaryKey(columns: ["id"]))
  }

  /// Returns the statement that adds an entry, for a script.
  ///
  /// - Parameters:
  ///   - expressions: SQL for the columns whose values are known only where the script runs, on the rows of the table.
  ///   - name: the name of the table, quoted.
  func insertion(of entry: Entry, computing expressions: [String: String], into name: String) -> String {
    let values = zip(Column.ofLog, values(of: entry)).map { column, value in
      expressions[column.name] ?? value.literal
    }
    return """
      INSERT INTO \(name) (\(Column.ofLog.map { dialect.quoted($0.name) }.joined(separator: ", ")))
      SELECT \(values.joined(separator: ", "))
      FROM \(name)
      """
  }

  /// Gives an entry the next free number and its author, and returns the rows of the version table. The log must not get
  /// another entry before it is written.
  @discardableResult
  func number(
    _ entry: inout Entry, beside versions: VersionTable, _ connection: any Connection
  ) throws(MetaxyError) -> Set<String> {
    let rows = try connection.repeatedQuery(
      """
      SELECT l.id, l.author, v.\(dialect.quoted(VersionTable.column)) FROM (
        SELECT max(\(dialect.quoted("id"))) AS id, \(dialect.scriptSQL.author) AS author FROM \(quotedName(connection))
      ) AS l LEFT JOIN \(versions.quotedName(connection)) AS v ON true
      """)
    entry.id = Int(rows.first?[0].integer ?? 0) + 1
    entry.runBy = entry.runBy ?? rows.first?[1].text
    return Set(rows.compactMap { $0[2].text })
  }

  /// Adds an entry with the next free number.
  func add(_ entry: inout Entry, beside versions: VersionTable, _ connection: any Connection) throws(MetaxyError) {
    try number(&entry, beside: versions, connection)
    try write(&entry, connection)
  }

  /// Adds an entry that has its number, or updates its progress.
  func write(_ entry: inout Entry, _ connection: any Connection) throws(MetaxyError) {
    guard !entry.isLogged else { return try update(entry, connection) }
    let names = Column.ofLog.map { dialect.quoted($0.name) }.joined(separator: ", ")
    let places = (1...Column.ofLog.count).map(dialect.placeholder).joined(separator: ", ")
    try connection.executeRepeated(
      "INSERT INTO \(quotedName(connection)) (\(names)) VALUES (\(places))", values(of: entry))
    entry.isLogged = true
  }

  /// Removes the last entry, of a run that changed nothing.
  func remove(_ entry: Entry, _ connection: any Connection) throws(MetaxyError) {
    try connection.execute(
      "DELETE FROM \(quotedName(connection)) WHERE \(dialect.quoted("id")) = \(dialect.placeholder(1))",
      [SQLValue(entry.id)])
  }

  /// Updates the progress of an entry.
  package func update(_ entry: Entry, _ connection: any Connection) throws(MetaxyError) {
    let assignments = Column.ofLog.enumerated().map { "\(dialect.quoted($1.name)) = \(dialect.placeholder($0 + 1))" }
    let condition = "\(dialect.quoted("id")) = \(dialect.placeholder(Column.ofLog.count + 1))"
    try connection.execute(
      "UPDATE \(quotedName(connection)) SET \(assignments.joined(separator: ", ")) WHERE \(condition)",
      values(of: entry) + [SQLValue(entry.id)])
  }

  /// The name with its schema, so that no temporary table takes its place.
  private func quotedName(_ connection: any Connection) -> String {
    SQLWriter(dialect).name(table.qualified(connection.defaultSchema))
  }

  private func read(
    _ connection: any Connection, order: String, isComplete: Bool = false
  ) throws(MetaxyError) -> [Entry] {
    let known = isComplete ? Set(Column.ofLog.map(\.name)) : Set(try connection.columnNames(of: table))
    guard !known.isEmpty else { return [] }
    // Logs of earlier versions lack the last columns.
    let names = Column.ofLog.map { known.contains($0.name) ? dialect.quoted($0.name) : "NULL" }.joined(separator: ", ")
    let rows = try connection.repeatedQuery(
      "SELECT \(names) FROM \(quotedName(connection)) ORDER BY \(dialect.quoted("id")) \(order)")
    return rows.map(entry)
  }
}

extension [RevisionLog.Entry] {
  /// The tables that revisions created and did not drop again.
  package var ownedTables: Set<TableName> {
    reduce(into: []) { owned, entry in
      owned.subtract(entry.tablesDropped)
      owned.formUnion(entry.tablesCreated)
    }
  }
}

extension Column {
  /// The log's columns.
  fileprivate static let ofLog: [Column] = [
    Column(name: "id", type: .bigint, isNullable: false),
    Column(name: "revision", type: .varchar(32), isNullable: false),
    Column(name: "direction", type: .string, isNullable: false),
    Column(name: "started_at", type: .timestamp, isNullable: false),
    Column(name: "finished_at", type: .timestamp),
    Column(name: "section", type: .bigint, isNullable: false),
    Column(name: "statement", type: .bigint, isNullable: false),
    Column(name: "checksum", type: .string, isNullable: false),
    Column(name: "script", type: .string, isNullable: false),
    Column(name: "tables_created", type: .string, isNullable: false),
    Column(name: "tables_dropped", type: .string, isNullable: false),
    Column(name: "rows_changed", type: .bigint, isNullable: false),
    Column(name: "error", type: .string),
    Column(name: "snapshot_version", type: .string),
    Column(name: "tool_version", type: .string, isNullable: false),
    Column(name: "run_by", type: .string),
    Column(name: "position", type: .string),
  ]
}

// How an entry is stored.
extension RevisionLog {
  /// The values of ``Column/ofLog``, in its order.
  private func values(of entry: Entry) -> [SQLValue] {
    [
      SQLValue(entry.id), .text(entry.revision), .text(entry.direction), .text(entry.startedAt),
      SQLValue(entry.finishedAt), SQLValue(entry.section), SQLValue(entry.statement), .text(entry.checksum),
      .text(entry.script), .text(tableNames.text(of: entry.tablesCreated)),
      .text(tableNames.text(of: entry.tablesDropped)), SQLValue(entry.rowsChanged), SQLValue(entry.error),
      SQLValue(entry.snapshotVersion), .text(entry.toolVersion), SQLValue(entry.runBy),
      SQLValue(entry.position),
    ]
  }

  private func entry(_ row: [SQLValue]) -> Entry {
    func number(_ index: Int) -> Int { Int(row[index].integer ?? 0) }
    func text(_ index: Int) -> String { row[index].text ?? "" }
    var entry = Entry(
      id: number(0), revision: text(1), direction: text(2), startedAt: Timestamp.normalised(text(3)),
      finishedAt: row[4].text.map(Timestamp.normalised),
      section: number(5), statement: number(6), checksum: text(7), script: text(8),
      tablesCreated: tableNames.names(in: text(9)), tablesDropped: tableNames.names(in: text(10)),
      rowsChanged: number(11), error: row[12].text, snapshotVersion: row[13].text, toolVersion: text(14),
      runBy: row[15].text)
    entry.position = row[16].text
    entry.isLogged = true
    return entry
  }

  private var tableNames: LoggedTableNames { LoggedTableNames(hasSchemas: dialect.hasSchemas) }
}

extension SQLValue {
  /// The value of a column of the log as a literal.
  fileprivate var literal: String { integer.map(String.init) ?? text.map { SQLText.literal($0) } ?? "NULL" }
}
