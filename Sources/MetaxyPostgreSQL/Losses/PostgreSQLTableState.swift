internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames

/// What measuring compares of a table: its columns, the file of its rows, and the server's counts of changed rows.
struct PostgreSQLTableState {
  /// The columns that are not computed, by their numbers, which never change.
  var columns: [Int64: String]
  /// It changes with TRUNCATE, and with statements that rewrite all rows.
  var file: Int64
  var updated: Int64
  var deleted: Int64

  /// A relation whose values are measured: a table, also a partitioned one, or a composite type that tables use.
  struct Named {
    var name: TableName
    var isType: Bool
    var state: PostgreSQLTableState
  }

  /// Returns all tables, and the composite types that they use, by oid.
  static func all(_ connection: PostgreSQLMigrationConnection) throws(MetaxyError) -> [Int64: Named] {
    let rows = try connection.catalogQuery(
      """
      SELECT c.oid::bigint, n.nspname, c.relname, (c.relkind = 'c')::integer, \(values)
      \(PostgreSQLMigrationConnection.userRelations) AND (c.relkind IN ('r', 'p') OR \(PostgreSQLCompositeType.isUsed))
      """)
    var tables: [Int64: Named] = [:]
    for row in rows {
      guard let number = row[0].integer, let schema = row[1].text, let name = row[2].text else { continue }
      tables[number] = Named(
        name: connection.tableName(name, inSchema: schema), isType: row[3].integer == 1,
        state: PostgreSQLTableState(row.dropFirst(4).map(\.self)))
    }
    return tables
  }

  /// Returns the states of the tables that this session has changed in the current transaction, or may have; nil for those
  /// that do not exist any more. Oids below 16384 belong to the server.
  ///
  /// - Throws: `cannot_measure_loss` if the server does not count changed rows now.
  static func touched(
    _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) -> [Int64: PostgreSQLTableState?] {
    let rows = try connection.catalogQuery(
      """
      SELECT l.relation::bigint, (c.oid IS NULL)::integer, \(values), pg_catalog.current_setting('track_counts')
      FROM (
        SELECT DISTINCT relation FROM pg_catalog.pg_locks
        WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid() AND relation::bigint >= 16384
          AND mode NOT IN ('AccessShareLock', 'RowShareLock')
      ) AS l LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
      """)
    var states: [Int64: PostgreSQLTableState?] = [:]
    for row in rows {
      guard let number = row[0].integer else { continue }
      guard row.last?.text == "on" else { throw .cannotMeasureLoss() }
      states[number] = .some(row[1].integer == 1 ? nil : PostgreSQLTableState(row.dropFirst(2).map(\.self)))
    }
    return states
  }

  /// Columns of numbers and names in one text, because one query serves all tables.
  private static let values = """
    (SELECT pg_catalog.string_agg(a.attnum || ' ' || a.attname, E'\\n') FROM pg_catalog.pg_attribute AS a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
    c.relfilenode::bigint, pg_catalog.pg_stat_get_xact_tuples_updated(c.oid),
    pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
    """

  private init(_ row: [SQLValue]) {
    var columns: [Int64: String] = [:]
    for line in (row[0].text ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let number = Int64(parts[0]) else { continue }
      columns[number] = String(parts[1])
    }
    self.columns = columns
    file = row[1].integer ?? 0
    updated = row[2].integer ?? 0
    deleted = row[3].integer ?? 0
  }
}

/// A change of a table in a transaction that may lose something.
enum PostgreSQLTableChange: Hashable {
  case dropped(table: Int64)
  case droppedColumn(Int64, named: String, table: Int64)
  /// The file of the rows is another one.
  case replaced(table: Int64)
  case deletedRows(Int, table: Int64)
  case updatedRows(Int, table: Int64)

  /// The rule that allows the loss.
  var rule: String {
    switch self {
    case .dropped: "DS102"
    case .droppedColumn: "DS103"
    case .replaced, .deletedRows, .updatedRows: "DS105"
    }
  }
}

extension PostgreSQLTableState {
  /// Returns what happened to a table that is in this state now; nil if it does not exist any more.
  ///
  /// - Parameter number: the oid of the table.
  func changes(to later: PostgreSQLTableState?, table number: Int64) -> [PostgreSQLTableChange] {
    guard let later else { return [.dropped(table: number)] }
    var changes = columns.filter { later.columns[$0.key] == nil }.sorted { $0.key < $1.key }.map { column in
      PostgreSQLTableChange.droppedColumn(column.key, named: column.value, table: number)
    }
    if later.file != file { changes.append(.replaced(table: number)) }
    // TRUNCATE sets the counts back.
    if later.deleted > deleted { changes.append(.deletedRows(Int(later.deleted - deleted), table: number)) }
    if later.updated > updated { changes.append(.updatedRows(Int(later.updated - updated), table: number)) }
    return changes
  }
}
