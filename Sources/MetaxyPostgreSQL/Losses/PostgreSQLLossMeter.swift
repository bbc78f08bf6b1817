internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL

/// Measures what statements lose on a PostgreSQL server.
///
/// What happened to rows, tables and columns comes from the server's own counts and its catalog, so functions, triggers,
/// rules, views and CASCADE are measured like any statement. Where these show a possible loss, the statement is rolled
/// back to a savepoint, the loss is counted precisely, and a statement that loses nothing runs again.
/// https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-STATS-VIEWS
final class PostgreSQLLossMeter: LossMeter {
  unowned let connection: PostgreSQLMigrationConnection
  /// The tables that existed before the section, by oid, with their names then.
  let names: [Int64: TableName]
  /// Their states after the last measured statement; without those that were dropped.
  private var states: [Int64: PostgreSQLTableState]
  /// The composite types among them, which have no rows.
  let types: Set<Int64>
  /// The columns that existed before the section.
  private let originalColumns: [Int64: Set<Int64>]
  private var measurements = 0

  init(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    self.connection = connection
    let all = try connection.relationsBefore().relations.filter(\.value.isMeasured)
    types = Set(all.filter { $0.value.kind == .compositeType }.keys)
    names = all.mapValues(\.relation.name)
    states = all.mapValues(\.state)
    originalColumns = states.mapValues { Set($0.columns.keys) }
  }

  func measure(
    _ statement: MeasuredStatement, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    // A function can turn the counting off for itself.
    if statement.sql.folded.contains("track_counts") { throw .cannotMeasureLoss() }
    let kind = PostgreSQLMeasuredKind(statement.tokens)
    measurements += 1
    // The list of locks grows with a section, and reading it after each of thousands of statements would take longer
    // than the statements. What is not measured now is measured before the next statement that can lose something in any
    // table, or consents to that, and before the last one: no later consent covers it.
    let isLast = statement.following.isEmpty
    let isMeasured = kind.canLose || !statement.allowedRules.isEmpty || isLast
    guard isMeasured || measurements <= 100 else { return Measurement(changedRows: try body()) }
    let altered =
      measurements > 100 && !isLast ? try PostgreSQLAlteredTable(statement.tokens, states: states, connection) : nil
    if let altered, altered.number == nil { return Measurement(changedRows: try body()) }
    let table = altered?.number
    let earlier = measurements > 101 && table == nil ? try changes().map(uncounted) : []
    guard earlier.isEmpty else { return Measurement(changedRows: 0, losses: earlier, areEarlier: true) }
    guard kind.canLose, kind != .addition else {
      let changedRows = try body()
      let changes = try changes(of: table).filter { change in
        !statement.allowedRules.contains(change.rule) && !change.isRewrite(by: kind)
      }
      return Measurement(changedRows: changedRows, losses: changes.map(uncounted))
    }
    if kind == .conversion { return try measureConversion(statement, of: table, body) }
    return try measureWithSavepoint(statement, kind, of: table, body)
  }

  func finish() throws(MetaxyError) -> [MeasuredLoss] { try changes().map(uncounted) }

  func isOriginal(_ column: Int64, of table: Int64) -> Bool { originalColumns[table]?.contains(column) == true }

  /// Returns what has happened since the last call.
  ///
  /// - Parameter table: the oid of the only table to read; nil for all.
  private func changes(of table: Int64? = nil) throws(MetaxyError) -> [PostgreSQLTableChange] {
    let later: [Int64: PostgreSQLTableState?]
    if let table {
      later = [table: try PostgreSQLTableState(of: table, connection)]
    } else {
      let locked = try connection.lockedRelations()
      guard locked.countsRows else { throw .cannotMeasureLoss() }
      later = locked.all.mapValues { $0.known?.state }
    }
    var changes: [PostgreSQLTableChange] = []
    for (number, later) in later.sorted(by: { $0.key < $1.key }) {
      guard let state = states[number] else { continue }
      changes += state.changes(to: later, table: number).filter { change in
        // The columns of a type that goes go with it, or keep it.
        if case .droppedColumn(let column, named: _, table: _) = change { return isOriginal(column, of: number) }
        return !types.contains(number)
      }
      states[number] = later
    }
    return changes
  }

  /// - Parameter table: the oid of the only table that the statement changes; nil if it may change others.
  private func measureWithSavepoint(
    _ statement: MeasuredStatement, _ kind: PostgreSQLMeasuredKind, of table: Int64?,
    _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    let before = states
    let rename = try PostgreSQLValueRename(statement.tokens, before: statement.following, connection)
    let savepoint = try PostgreSQLSavepoint(connection)
    let changedRows = try body()
    var suspects = try changes(of: table).filter { !statement.allowedRules.contains($0.rule) }
    suspects = suspects.filter { !$0.isRewrite(by: kind) }
    if let backfill = PostgreSQLBackfill(statement.tokens) {
      suspects = try backfill.unexplained(suspects, meter: self, before)
    }
    if let rename { suspects = rename.unexplained(suspects) }
    guard !suspects.isEmpty else {
      try savepoint.release()
      return Measurement(changedRows: changedRows)
    }
    let remaining = try remainingRows(of: suspects)
    try savepoint.rollBack()
    let count = PostgreSQLLossCount(
      meter: self, states: before, remaining: remaining, savepoint: savepoint, rename: rename)
    let losses = try count.losses(suspects, body)
    guard losses.isEmpty else { return Measurement(changedRows: changedRows, losses: losses) }
    // Rolled back counts count. https://www.postgresql.org/docs/current/monitoring-stats.html
    states = before
    _ = try changes(of: table)
    let values = try remaining.keys.sorted().map { table throws(MetaxyError) in
      try PostgreSQLTableValues(of: table, meter: self)
    }
    let result = try body()
    _ = try changes(of: table)
    var changed: [MeasuredLoss] = []
    for values in values { changed += try values.losses() }
    guard changed.isEmpty else { return Measurement(changedRows: result, losses: changed) }
    try savepoint.release()
    return Measurement(changedRows: result)
  }

  /// The values of a column that gets another type must come back from the new ones. They are compared before the
  /// statement, which the table is locked for.
  private func measureConversion(
    _ statement: MeasuredStatement, of table: Int64?, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement {
    guard statement.allowedRules.isDisjoint(with: [RowCondition.conversionRule, "DS105"]),
      let text = PostgreSQLConversionText(statement.tokens), let known = try knownTable(text.table)
    else { return try measureWithSavepoint(statement, .rewrite, of: table, body) }
    let losses = try PostgreSQLConvertedValues(meter: self, text: text, table: known).losses()
    if let losses, !losses.isEmpty { return Measurement(changedRows: 0, losses: losses) }
    var result = try measureWithSavepoint(statement, .rewrite, of: table, body)
    // Values that cannot be compared are usually those that the statement fails on; this one did not.
    if losses == nil { result.losses += text.columns.map { MeasuredLoss(.values($0.name), known.name, count: nil) } }
    return result
  }

  /// The oid of a table that a statement names, and its name before the section; nil if it did not exist then.
  private func knownTable(_ name: TableName) throws(MetaxyError) -> (number: Int64, name: TableName)? {
    let row = try connection.query("SELECT to_regclass($1::text)::oid::bigint", [.text(SQLText.identifier(name))]).first
    return row?.first?.integer.flatMap { number in names[number].map { (number, $0) } }
  }

  /// The rows that are left in tables with another file.
  private func remainingRows(of changes: [PostgreSQLTableChange]) throws(MetaxyError) -> [Int64: Int] {
    var remaining: [Int64: Int] = [:]
    for case .replaced(table: let number) in changes {
      let name = try connection.query("SELECT \(number)::oid::regclass::text")[0][0].text ?? ""
      remaining[number] = Int(try connection.query("SELECT count(*) FROM ONLY \(name)")[0][0].integer ?? 0)
    }
    return remaining
  }

  /// The loss of a change that cannot be rolled back any more.
  private func uncounted(_ change: PostgreSQLTableChange) -> MeasuredLoss {
    func name(_ number: Int64) -> TableName { names[number] ?? TableName(String(number)) }
    return switch change {
    case .dropped(table: let table): MeasuredLoss(.table, name(table), count: nil)
    case .droppedColumn(_, named: let column, table: let table): MeasuredLoss(.column(column), name(table), count: nil)
    case .replaced(table: let table): MeasuredLoss(.deletedRows, name(table), count: nil)
    case .deletedRows(let count, table: let table): MeasuredLoss(.deletedRows, name(table), count: count)
    case .updatedRows(let count, table: let table): MeasuredLoss(.changedRows, name(table), count: count)
    }
  }
}

/// How a statement is measured.
enum PostgreSQLMeasuredKind {
  /// It changes no rows and drops nothing, unless an event trigger or a function does.
  case harmless
  /// It adds to a table, and can write all rows to a new file.
  case addition
  /// It gives columns new types.
  case conversion
  /// It can write all rows to a new file, and keeps them.
  case rewrite
  case other

  var canLose: Bool { self != .harmless }

  init(_ tokens: [SQLToken]) {
    guard let first = tokens.first else {
      self = .harmless
      return
    }
    if first.isWord("INSERT") {
      self = tokens.contains { $0.isWord("CONFLICT") } ? .other : .harmless
    } else if first.isWord("ALTER") {
      let isAddition = !tokens.contains { $0.isWord(in: "DROP", "TYPE", "EXPRESSION", "PARTITION", "EXTENSION") }
      self = tokens.contains { $0.isWord("TYPE") } ? .conversion : isAddition ? .addition : .rewrite
    } else if first.isWord(in: "CLUSTER", "REFRESH") {
      self = .rewrite
    } else if first.isWord("DROP"), tokens.dropFirst().first?.isWord("INDEX") == true {
      self = tokens.contains { $0.isWord("CASCADE") } ? .other : .harmless
    } else {
      let words = [
        "DROP", "TRUNCATE", "DO", "CALL", "SELECT", "UPDATE", "DELETE", "MERGE", "WITH", "EXECUTE", "VALUES",
      ]
      self = words.contains { first.isWord($0) } ? .other : .harmless
    }
  }
}
