/// The files that a project's entrypoints name, as absolute paths, each once.
package struct EntrypointFiles: Sendable, Hashable {
  /// Swift files, which may declare features; sorted by their bytes.
  package var swift: [String] = []
  /// Files of SQL with the definitions of plain tables, in the order in which they are named: a later one may build upon
  /// an earlier one.
  package var sql: [String] = []
  /// Exported graphs; sorted by their bytes.
  package var json: [String] = []

  mutating func append(_ path: String) {
    if path.hasSuffix(".sql") {
      if !sql.contains(path) { sql.append(path) }
    } else if path.hasSuffix(".json") {
      json.append(path)
    } else {
      swift.append(path)
    }
  }

  mutating func sort() {
    swift = Set(swift).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    json = Set(json).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The files of SQL that serve a dialect: `app.sqlite.sql` is for SQLite alone, `app.sql` for every engine.
  package func sql(for dialect: StoreDialect) -> [String] {
    sql.filter { Self.dialect(of: $0).map { $0 == dialect } ?? true }
  }

  /// The one dialect that a file is for, by its name; nil for one that serves all.
  private static func dialect(of path: String) -> StoreDialect? {
    let parts = path.dropLast(".sql".count).split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.last.flatMap { StoreDialect(rawValue: String($0)) } : nil
  }
}
