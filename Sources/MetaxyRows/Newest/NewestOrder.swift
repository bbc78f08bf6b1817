internal import MetaxyConfiguration
package import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames

/// What determines which of a sample's rows is the newest.
package enum NewestOrder: Sendable, Hashable {
  /// The greatest value of a column; NULL is less than every value.
  case column(String)
  /// The greatest time of deletion or, without one, of update, since Metaxy 0.1; the time of creation does not count.
  ///
  /// So a deletion hides an earlier row, and a later row hides the deletion.
  case times
  /// The row inserted last: SQLite's row id, by the name that no column hides.
  case insertion(String)
  /// Nothing: a sample has one row.
  case none
  /// Nothing: a key of the table allows a sample one row.
  case unique

  /// Finds the order of a feature's rows: since Metaxy 0.1 their times; before, its column, or else the row id of a SQLite
  /// table that has one.
  package init(of table: SampleTable, _ connection: any RowConnection) throws(MetaxyError) {
    if table.generation == .release01 {
      self = .times
    } else if let column = table.order {
      self = .column(column)
    } else if table.dialect == .sqlite, let name = try Self.rowIDName(of: table.name, connection) {
      self = .insertion(name)
    } else {
      self = .none
    }
  }

  /// Whether several rows can be equally new.
  package var allowsTies: Bool {
    switch self {
    case .insertion, .unique: false
    case .column, .times, .none: true
    }
  }

  /// Returns a name of the row id; nil for a view, a table WITHOUT ROWID, and one whose columns have all the names.
  ///
  /// A later row has a greater id, as long as ids are not given by hand: https://sqlite.org/autoinc.html
  private static func rowIDName(
    of table: TableName, _ connection: any RowConnection
  ) throws(MetaxyError) -> String? {
    // https://sqlite.org/pragma.html#pragma_table_list
    let tables = try connection.query(
      "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(?1) AND type = 'table' AND wr = 0",
      [.text(table.name)])
    guard !tables.isEmpty else { return nil }
    let taken = Set(try connection.columns(of: table)?.map(\.name.folded) ?? [])
    return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
  }
}
