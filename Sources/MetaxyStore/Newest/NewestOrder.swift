internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

/// What determines which of a sample's rows is the newest.
enum NewestOrder: Sendable, Hashable {
  /// The greatest value of a column; NULL is less than every value.
  case column(String)
  /// The row inserted last: SQLite's row id, by the name that no column hides.
  case insertion(String)
  /// Nothing: a sample has one row.
  case none
  /// Nothing: a key of the table allows a sample one row.
  case unique

  /// Finds the order of a feature's rows: its column, or else the row id of a SQLite table that has one.
  init(of layout: RowLayout, _ connection: any RowConnection) throws(MetaxyError) {
    if let column = layout.feature.order {
      self = .column(column)
    } else if layout.dialect == .sqlite, let name = try Self.rowIDName(of: layout, connection) {
      self = .insertion(name)
    } else {
      self = .none
    }
  }

  /// Whether several rows can be equally new.
  var allowsTies: Bool {
    switch self {
    case .insertion, .unique: false
    case .column, .none: true
    }
  }

  /// Returns a name of the row id; nil for a view, a table WITHOUT ROWID, and one whose columns have all the names.
  ///
  /// A later row has a greater id, as long as ids are not given by hand: https://sqlite.org/autoinc.html
  private static func rowIDName(
    of layout: RowLayout, _ connection: any RowConnection
  ) throws(MetaxyError) -> String? {
    // https://sqlite.org/pragma.html#pragma_table_list
    let tables = try connection.query(
      "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(?1) AND type = 'table' AND wr = 0",
      [.text(layout.table.name)])
    guard !tables.isEmpty else { return nil }
    let taken = Set(try connection.columns(of: layout.table)?.map(\.name.folded) ?? [])
    return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
  }
}
