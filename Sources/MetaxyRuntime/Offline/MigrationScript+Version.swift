internal import MetaxyNames

// The rows of the version table: those that a script expects, and those that it leaves.
extension MigrationScript {
  /// Stops at a database with another version.
  ///
  /// - Parameter checksOthers: whether the version table must have no other rows than those that the script knows.
  mutating func stopElsewhere(checksOthers: Bool) {
    let table = sql.name(environment.versionTable)
    func count(_ condition: String, _ rows: Set<String>) -> String {
      let names = rows.sorted().map { SQLText.literal($0) }.joined(separator: ", ")
      let filter = rows.isEmpty ? "" : " WHERE \(dialect.quoted(VersionTable.column)) \(condition) (\(names))"
      return "(SELECT count(*) FROM \(table)\(filter))"
    }
    let others = checksOthers ? [count("NOT IN", current.union(unrelated))] : []
    let missing = current.isEmpty ? [] : ["\(current.count) - \(count("IN", current))"]
    let counts = others + missing
    guard !counts.isEmpty else { return }
    let expected = current.isEmpty ? "the base" : Self.text(current)
    stop("the database is not at \(expected)", counts.joined(separator: " + "))
  }

  /// Changes the rows of the version table: updates them where it can, as Alembic's scripts do.
  mutating func replaceVersion(with rows: Set<String>) {
    let table = sql.name(environment.versionTable)
    let column = dialect.quoted(VersionTable.column)
    let (old, new) = (current.subtracting(rows).sorted(), rows.subtracting(current).sorted())
    for (from, to) in zip(old, new) {
      add("UPDATE \(table) SET \(column) = \(SQLText.literal(to)) WHERE \(column) = \(SQLText.literal(from))")
    }
    for row in old.dropFirst(new.count) { add("DELETE FROM \(table) WHERE \(column) = \(SQLText.literal(row))") }
    for row in new.dropFirst(old.count) { add("INSERT INTO \(table) (\(column)) VALUES (\(SQLText.literal(row)))") }
  }

  static func text(_ rows: Set<String>) -> String { rows.isEmpty ? "base" : rows.sorted().joined(separator: ", ") }
}
