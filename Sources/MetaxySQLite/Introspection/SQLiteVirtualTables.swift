internal import MetaxyNames

/// Recognises virtual tables and their shadow tables, which only the module of the virtual table manages.
struct SQLiteVirtualTables {
  private let names: Set<String>

  /// - Parameter tables: every table with the text that SQLite stores.
  init(_ tables: [(name: String, sql: String)]) {
    names = Set(tables.filter { $0.sql.uppercased().hasPrefix("CREATE VIRTUAL") }.map { $0.name.folded })
  }

  /// Returns whether `table` is a virtual table or belongs to one.
  func own(_ table: String) -> Bool {
    let table = table.folded
    if names.contains(table) { return true }
    // `pragma_table_list` reports them, but only since SQLite 3.37.
    return Self.suffixes.contains { table.hasSuffix($0) && names.contains(String(table.dropLast($0.count))) }
  }

  /// The suffixes of the modules that come with SQLite: FTS3 to FTS5, R-Tree, Geopoly.
  /// https://sqlite.org/vtab.html#the_xshadowname_method
  private static let suffixes = [
    "_content", "_segments", "_segdir", "_docsize", "_stat", "_data", "_idx", "_config", "_node", "_rowid", "_parent",
  ]
}
