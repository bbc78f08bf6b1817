package import MetaxyConfiguration

/// The files of a project's entrypoints, as absolute paths without duplicates.
package struct EntrypointFiles: Sendable, Hashable {
  /// Swift files, which may declare features, sorted by their bytes.
  package var swift: [String] = []
  /// SQL files with table definitions, in the order of the entrypoints: a later file may depend on an earlier one.
  package var sql: [String] = []
  /// Exported graphs, sorted by their bytes.
  package var json: [String] = []
  /// Modules of Python, in the order of the entrypoints: importing one can register what another needs.
  package var python: [String] = []

  /// Whether any of them can declare features.
  package var canDeclareFeatures: Bool { !(swift.isEmpty && json.isEmpty && python.isEmpty) }

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

  /// Returns the SQL files for a dialect: `app.sqlite.sql` is only for SQLite, `app.sql` is for every engine.
  package func sql(for dialect: StoreDialect) -> [String] {
    sql.filter { Self.dialect(of: $0).map { $0 == dialect } ?? true }
  }

  /// Returns the one dialect that a file is for, according to its name; nil for a file that is for all.
  private static func dialect(of path: String) -> StoreDialect? {
    let parts = path.dropLast(".sql".count).split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.last.flatMap { StoreDialect(rawValue: String($0)) } : nil
  }
}
