internal import MetaxyDatabase
internal import MetaxyErrors

/// What measuring compares of a table: its columns, the file of its rows, and the server's counts of changed rows.
struct PostgreSQLTableState {
  /// The columns that are not computed, by their numbers, which never change.
  var columns: [Int64: String]
  /// It changes with TRUNCATE, and with statements that rewrite all rows.
  var file: Int64
  var inserted: Int64
  var updated: Int64
  var deleted: Int64
  /// The counts of inserted, updated and deleted rows.
  var counts: [Int64] { [inserted, updated, deleted] }

  /// What ``init(_:)`` reads of `c`, a row of `pg_class`. Columns of numbers and names are in one text, because one query serves
  /// all tables.
  static let columns = """
    (SELECT pg_catalog.string_agg(a.attnum || ' ' || a.attname, E'\\n') FROM pg_catalog.pg_attribute AS a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
    c.relfilenode::bigint, pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid),
    pg_catalog.pg_stat_get_xact_tuples_updated(c.oid), pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
    """

  init(_ row: ArraySlice<SQLValue>) {
    let row = Array(row)
    var columns: [Int64: String] = [:]
    for line in (row[0].text ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let number = Int64(parts[0]) else { continue }
      columns[number] = String(parts[1])
    }
    self.columns = columns
    file = row[1].integer ?? 0
    inserted = row[2].integer ?? 0
    updated = row[3].integer ?? 0
    deleted = row[4].integer ?? 0
  }

  /// Reads the state of one table; nil if it does not exist any more.
  ///
  /// - Throws: `cannot_measure_loss` if the server does not count changed rows now.
  init?(of table: Int64, _ connection: PostgreSQLMigrationConnection) throws(MetaxyError) {
    let query = """
      SELECT (pg_catalog.current_setting('track_counts') = 'on')::integer, c.oid::bigint, \(Self.columns)
      FROM (SELECT $1::text::oid AS oid) AS t LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
      """
    guard let row = try connection.catalogQuery(query, [.text(String(table))]).first, row[0].integer == 1 else {
      throw .cannotMeasureLoss()
    }
    if row[1] == .null { return nil }
    self.init(row[2...])
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

extension PostgreSQLTableChange {
  /// Whether it only shows that a statement of a kind that keeps the rows wrote them to another file.
  func isRewrite(by kind: PostgreSQLMeasuredKind) -> Bool {
    guard case .replaced = self else { return false }
    return kind == .rewrite || kind == .addition
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
