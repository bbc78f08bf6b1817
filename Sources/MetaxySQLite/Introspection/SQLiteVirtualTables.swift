internal import MetaxySQL
internal import MetaxySchema

/// Knows virtual tables, and the shadow tables that hold their content: all of them are their modules' business.
struct SQLiteVirtualTables {
  private let names: Set<String>

  /// - Parameter tables: every table with its text, as SQLite keeps them.
  init(_ tables: [(name: String, sql: String)]) {
    names = Set(tables.filter { $0.sql.uppercased().hasPrefix("CREATE VIRTUAL") }.map { $0.name.folded })
  }

  /// Whether `table` is a virtual table or belongs to one.
  func own(_ table: String) -> Bool {
    let table = table.folded
    if names.contains(table) { return true }
    // SQLite tells them itself only since 3.37, in `pragma_table_list`.
    return Self.suffixes.contains { table.hasSuffix($0) && names.contains(String(table.dropLast($0.count))) }
  }

  /// Those of the modules that come with SQLite: FTS3 to FTS5, R-Tree, Geopoly.
  /// https://sqlite.org/vtab.html#the_xshadowname_method
  private static let suffixes = [
    "_content", "_segments", "_segdir", "_docsize", "_stat", "_data", "_idx", "_config", "_node", "_rowid", "_parent",
  ]
}
