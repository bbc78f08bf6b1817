internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime

/// Counts precisely what a statement loses, after it was rolled back to the savepoint before it.
struct PostgreSQLLossCount {
  let meter: PostgreSQLLossMeter
  /// The states of the tables before the statement.
  let states: [Int64: PostgreSQLTableState]
  /// The rows after the statement of tables whose rows are in another file.
  let remaining: [Int64: Int]
  let savepoint: PostgreSQLSavepoint
  /// What the statement does if it gives a value another spelling.
  let rename: PostgreSQLValueRename?

  private var connection: PostgreSQLMigrationConnection { meter.connection }

  /// - Parameter body: runs the statement.
  func losses(
    _ changes: [PostgreSQLTableChange], _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> [MeasuredLoss] {
    let parents = try self.parents()
    var losses: [MeasuredLoss] = []
    var updated: [Int64: Int] = [:]
    for change in changes {
      switch change {
      case .dropped(table: let table):
        // Its rows are counted with those of the table that it is a part of.
        if parents[table]?.contains(where: { changes.contains(.dropped(table: $0)) }) == true { continue }
        losses += try loss(.table, of: table, count: "count(*)")
      case .droppedColumn(_, named: let name, table: let table):
        let isInherited = parents[table]?.contains { parent in
          let inherited = states[parent]?.columns.first { $0.value == name }?.key
          return inherited.map { changes.contains(.droppedColumn($0, named: name, table: parent)) } ?? false
        }
        if isInherited == true { continue }
        losses +=
          meter.types.contains(table)
          ? try loss(ofAttribute: name, type: table)
          : try loss(.column(name), of: table, count: "count(\(SQLText.identifier(name)))")
      case .replaced(table: let table):
        losses += try loss(.deletedRows, of: table, count: "count(*) - \(remaining[table] ?? 0)", isOnly: true)
      case .deletedRows(let count, table: let table):
        losses.append(MeasuredLoss(.deletedRows, name(table), count: count))
      case .updatedRows(let count, table: let table): updated[table] = count
      }
    }
    try savepoint.rollBack()
    // Once more, now that what it changes is known: only where nothing else is lost anyway.
    if losses.isEmpty, !updated.isEmpty { losses = try overwritten(updated, body) }
    return losses
  }

  private func name(_ number: Int64) -> TableName { meter.names[number] ?? TableName(String(number)) }

  /// Counts the rows or values of a table; what cannot be counted is a loss of an unknown number.
  private func loss(
    _ kind: MeasuredLoss.Kind, of table: Int64, count: String, isOnly: Bool = false
  ) throws(MetaxyError) -> [MeasuredLoss] {
    try loss(kind, of: table) { () throws(MetaxyError) in
      let name = try connection.query("SELECT \(table)::oid::regclass::text")[0][0].text ?? ""
      return "SELECT \(count) FROM \(isOnly ? "ONLY " : "")\(name)"
    }
  }

  private func loss(ofAttribute name: String, type: Int64) throws(MetaxyError) -> [MeasuredLoss] {
    try loss(.column(name), of: type) { () throws(MetaxyError) in
      "SELECT \(try PostgreSQLCompositeType.count(of: name, type: type, connection))"
    }
  }

  private func loss(
    _ kind: MeasuredLoss.Kind, of table: Int64, query: () throws(MetaxyError) -> String
  ) throws(MetaxyError) -> [MeasuredLoss] {
    let number: Int?
    do {
      // Rows that a policy hides are lost like others: with this setting, counting them fails.
      try run("SET LOCAL row_security = off")
      number = Int(try connection.query(try query())[0][0].integer ?? 0)
    } catch {
      guard !error.isConnectionLoss else { throw error }
      try savepoint.rollBack()
      number = nil
    }
    return number.map { $0 > 0 } ?? true ? [MeasuredLoss(kind, name(table), count: number)] : []
  }

  /// The tables that tables inherit from or are partitions of.
  private func parents() throws(MetaxyError) -> [Int64: [Int64]] {
    let rows = try connection.query("SELECT inhrelid::bigint, inhparent::bigint FROM pg_catalog.pg_inherits")
    return Dictionary(grouping: rows) { $0[0].integer ?? 0 }.mapValues { $0.compactMap { $0[1].integer } }
  }

  /// Runs the statement again with triggers that count the rows in which a value of a known column is overwritten.
  private func overwritten(
    _ updated: [Int64: Int], _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> [MeasuredLoss] {
    let tables = updated.keys.sorted()
    do {
      try createTriggers(on: tables)
      _ = try body()
      let counts = try tables.map { table throws(MetaxyError) in
        Int(try connection.query("SELECT current_setting('\(Self.setting(table))', true)")[0][0].text ?? "") ?? 0
      }
      try savepoint.rollBack()
      return zip(tables, counts).filter { $0.1 > 0 }.map { MeasuredLoss(.changedRows, name($0.0), count: $0.1) }
    } catch {
      guard !error.isConnectionLoss else { throw error }
      // Without the right to create a trigger, every changed row counts.
      try savepoint.rollBack()
      return tables.map { MeasuredLoss(.changedRows, name($0), count: updated[$0]) }
    }
  }

  private static func setting(_ table: Int64) -> String { "metaxy.overwritten_\(table)" }

  /// A row's trigger knows the values before and after; values are compared as text, because some types have no equality.
  private func createTriggers(on tables: [Int64]) throws(MetaxyError) {
    for table in tables {
      let setting = Self.setting(table)
      let name = try connection.query("SELECT \(table)::oid::regclass::text")[0][0].text ?? ""
      let columns = (states[table]?.columns ?? [:]).sorted { $0.key < $1.key }.filter {
        meter.isOriginal($0.key, of: table)
      }
      let conditions = columns.map { column in
        let name = SQLText.identifier(column.value)
        let isKept = rename?.condition(on: column.value, of: table).map { " AND NOT (\($0))" } ?? ""
        return "OLD.\(name) IS NOT NULL AND OLD.\(name)::text IS DISTINCT FROM NEW.\(name)::text\(isKept)"
      }
      guard !conditions.isEmpty else { continue }
      try run("SELECT pg_catalog.set_config('\(setting)', '0', true)")
      try run(
        """
        CREATE FUNCTION pg_temp._metaxy_count_\(table)() RETURNS trigger LANGUAGE plpgsql AS $metaxy$
        BEGIN
          PERFORM pg_catalog.set_config('\(setting)', (pg_catalog.current_setting('\(setting)')::bigint + 1)::text, true);
          RETURN NULL;
        END $metaxy$
        """)
      try run(
        """
        CREATE TRIGGER _metaxy_measure AFTER UPDATE ON \(name) FOR EACH ROW
          WHEN (\(conditions.joined(separator: " OR "))) EXECUTE FUNCTION pg_temp._metaxy_count_\(table)()
        """)
      // https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER
      try run("ALTER TABLE \(name) ENABLE ALWAYS TRIGGER _metaxy_measure")
    }
  }

  private func run(_ sql: String) throws(MetaxyError) { try connection.session.execute(sql) }
}
