internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The tables that SQL files define: the files run in a scratch database, whose tables are then read.
struct SQLEntrypointTables {
  let database: any Database
  /// The tables that no file may define.
  let policy: AccessPolicy
  let displayPath: (String) -> String
  let report: (ProgressEvent) -> Void

  /// - Throws: `invalid_tables` with the location of the failing statement and the engine's error.
  func load(_ paths: [String]) throws(MetaxyError) -> DesiredSchema {
    let connection = try database.scratch()
    var sources: [TableName: SourceLocation] = [:]
    var renames: [TableName: RenameAnnotations] = [:]
    var unmanaged: [String: SourceLocation] = [:]
    for path in paths {
      for statement in try statements(at: path) {
        let place = location(statement.position, in: path)
        let subject = statement.subject
        if !Self.managedSubjects.contains(subject) { unmanaged[subject] = unmanaged[subject] ?? place }
        // Transactions and settings are not definitions, and a scratch database does not need them.
        guard StatementRules.refusal(of: statement, lexicon: database.dialect.lexicon) == nil else { continue }
        if let table = createdTable(statement, connection) {
          let key = database.dialect.folded(table)
          try refuseSecond(table, at: place, first: sources[key], connection)
          sources[key] = place
          renames[key] = try RenameAnnotations(of: statement, lexicon: database.dialect.lexicon)
        }
        try run(statement, at: place, connection)
      }
    }
    warn(unmanaged)
    var desired = try desired(
      connection, sources, fallback: SourceLocation(file: displayPath(paths[0]), line: 1, column: 1))
    for table in desired.schema.sorted {
      guard let names = renames[database.dialect.folded(table.name)] else { continue }
      desired.renames.tables[table.name] = names.table
      if !names.columns.isEmpty { desired.renames.columns[table.name] = names.columns }
    }
    return desired
  }

  private func statements(at path: String) throws(MetaxyError) -> [ScannedStatement] {
    let text = try Files.text(at: path)
    do {
      return try ScannedStatement.statements(of: text, lexicon: database.dialect.lexicon, file: displayPath(path))
    } catch {
      throw .invalidTables(error.diagnostics)
    }
  }

  private func run(
    _ statement: ScannedStatement, at place: SourceLocation, _ connection: any Connection
  ) throws(MetaxyError) {
    do {
      _ = try connection.execute(statement.sql, under: policy)
    } catch {
      throw .invalidTables([Diagnostic(error.message, at: place)])
    }
  }

  /// Refuses a second definition; with `IF NOT EXISTS` the engine would silently ignore it.
  private func refuseSecond(
    _ name: TableName, at place: SourceLocation, first: SourceLocation?, _ connection: any Connection
  ) throws(MetaxyError) {
    guard let first else { return }
    guard try LiveTableNames(connection, database.dialect)[name] != nil else { return }
    throw .invalidTables([
      Diagnostic(
        "the table `\(name)` is defined twice", at: place, notes: [.init("it is defined here first", at: first)])
    ])
  }

  /// Returns the table that a statement creates, without the default schema.
  private func createdTable(_ statement: ScannedStatement, _ connection: any Connection) -> TableName? {
    guard var name = statement.createdTable(database.dialect.lexicon) else { return nil }
    if name.schema == connection.defaultSchema { name.schema = nil }
    return name
  }

  /// Refuses a reserved name here, because the access policy is not enforced in a scratch database on every engine.
  private func requireFree(_ table: TableName, at place: SourceLocation) throws(MetaxyError) {
    guard let reason = policy.refusal(table) else { return }
    let refused = MetaxyError.tableRefused(table, verb: "create", reason: reason)
    throw .invalidTables([Diagnostic(refused.message, at: place)])
  }

  private func desired(
    _ connection: any Connection, _ sources: [TableName: SourceLocation], fallback: SourceLocation
  ) throws(MetaxyError) -> DesiredSchema {
    var desired = DesiredSchema()
    let found = try database.introspect(connection, without: { _ in false }).definition
    desired.schema.enums = found.enums
    desired.schema.sequences = found.sequences
    desired.schema.namespaces = found.namespaces
    desired.schema.materializedViews = found.materializedViews.mapValues { view in
      MaterializedView(name: view.name, indexes: view.indexedTable.withExplicitNames(by: database.dialect).indexes)
    }
    for table in found.sorted {
      let source = sources[database.dialect.folded(table.name)] ?? fallback
      try requireFree(table.name, at: source)
      desired.schema[table.name] = table.withExplicitNames(by: database.dialect)
      desired.renames.caseSensitiveTables.insert(table.name)
      desired.tableSources[table.name] = source
    }
    return desired
  }

  /// Warns once about the unmanaged objects of the files.
  private func warn(_ unmanaged: [String: SourceLocation]) {
    guard !unmanaged.isEmpty else { return }
    let places = unmanaged.sorted { $0.value < $1.value }.map { "`\($0.key)` (\($0.value.file):\($0.value.line))" }
    report(
      .note(
        "only tables and their indexes are managed; in a revision, write by hand"
          + " \(places.joined(separator: ", "))"))
  }

  /// The statements that define tables, and other statements of a dump.
  private static let managedSubjects: Set<String> = [
    "CREATE TABLE", "CREATE INDEX", "ALTER TABLE", "DROP TABLE", "DROP INDEX", "BEGIN", "COMMIT", "END", "CREATE TYPE",
    "ALTER TYPE", "CREATE SEQUENCE", "ALTER SEQUENCE", "CREATE SCHEMA", "COMMENT ON TABLE", "COMMENT ON COLUMN",
    "COMMENT ON INDEX", "COMMENT ON CONSTRAINT", "COMMENT ON TYPE", "COMMENT ON SEQUENCE",
  ]

  private func location(_ position: SQLPosition, in path: String) -> SourceLocation {
    SourceLocation(file: displayPath(path), line: position.line, column: position.column)
  }
}
