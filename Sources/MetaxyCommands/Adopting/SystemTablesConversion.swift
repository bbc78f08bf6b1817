internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEngines
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The change of system tables that another program made to the layout of ``SystemTables``.
///
/// It is not a revision: a database made from the files never has the other layout. It keeps every row, runs in the transaction
/// that marks the baseline as applied, and is logged nowhere else.
struct SystemTablesConversion {
  let operations: [MigrationOperation]
  private let environment: EnvironmentContext
  private let sections: [RenderedSection]
  private let tables: [TableName]

  /// - Throws: errors for operations that the engine does not support.
  init(_ baseline: Baseline, in environment: EnvironmentContext) throws(MetaxyError) {
    self.environment = environment
    operations = baseline.differences
    tables = baseline.tables
    // No other session may write while the layout changes, so nothing runs outside the transaction.
    let dialect = Engines.dialect(environment.session.store.url.dialect, isOnline: false)
    sections = try dialect.sections(for: operations, on: baseline.live)
    guard sections.allSatisfy(\.runsInTransaction) else { throw .conversionNeedsRevision(operations) }
  }

  /// Checks that every row fits.
  ///
  /// - Returns: warnings of the values that are lost.
  /// - Throws: `rows_in_the_way`.
  func check(_ connection: any Connection) throws(MetaxyError) -> [String] {
    try RowChecks(environment.dialect, connection).run(sections.flatMap(\.statements))
  }

  /// Runs `body`, which is a transaction, with the settings of the connection that a rebuild of tables needs.
  func prepared(
    _ connection: any Connection, _ body: () throws(MetaxyError) -> Void
  ) throws(MetaxyError) {
    let rebuild = sections.contains(where: \.turnsForeignKeysOff) ? connection.rebuildSupport : nil
    try rebuild?.prepareForRebuild(true)
    do {
      try body()
    } catch {
      // The current error is more useful than an error of restoring the settings, and the connection ends with this run.
      try? rebuild?.prepareForRebuild(false)
      throw error
    }
    try rebuild?.prepareForRebuild(false)
  }

  /// Runs the statements in the current transaction.
  ///
  /// - Throws: `statement_failed`; `conversion_lost_rows` if a table has another number of rows afterwards.
  func run(_ connection: any Connection) throws(MetaxyError) {
    let before = try rows(connection)
    let names = try connection.tablesBefore([], under: environment.policy)
    for statement in sections.flatMap(\.statements) {
      _ = try connection.execute(statement.sql, under: environment.policy)
    }
    _ = try connection.finishStatements(under: environment.policy, tablesBefore: names)
    let after = try rows(connection)
    for table in tables where before[table] != after[table] {
      throw .conversionLostRows(table, before: before[table] ?? 0, after: after[table] ?? 0)
    }
  }

  private func rows(_ connection: any Connection) throws(MetaxyError) -> [TableName: Int64] {
    var rows: [TableName: Int64] = [:]
    for table in tables {
      let query = "SELECT count(*) FROM \(SQLWriter(environment.dialect).name(table))"
      rows[table] = try connection.query(query).first?.first?.integer ?? 0
    }
    return rows
  }
}
