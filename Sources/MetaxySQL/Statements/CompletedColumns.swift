internal import MetaxyNames

extension TokenReader {
  /// The columns that an UPDATE gives a value only where they have none: `c` of each `c = coalesce(c, …)` after `SET`.
  package func completedColumns() -> Set<String> {
    var words = self
    while let next = words.tokens.first, !next.isWord("SET") { words.skipAny() }
    guard words.skip("SET") else { return [] }
    var columns: [String: Bool] = [:]
    while let column = words.name() {
      var isCompleted = false
      if words.skip(symbol: "="), words.skip("COALESCE") {
        var inside = over(words.parenthesised())
        isCompleted =
          inside.name()?.folded == column.folded && inside.skip(symbol: ",")
          && words.tokens.first.map { $0.isSymbol(",") || $0.isWord("WHERE") } ?? true
      }
      columns[column] = isCompleted && columns[column] ?? true
      while let next = words.tokens.first, !next.isSymbol(","), !next.isWord("WHERE") { words.skipAny() }
      guard words.skip(symbol: ",") else { break }
    }
    return Set(columns.filter(\.value).keys)
  }

  /// The columns that an UPDATE without a condition overwrites in every row.
  package func overwrittenColumns() -> [String] {
    let completed = completedColumns()
    var words = self
    return words.assignedColumns().filter { !completed.contains($0) }
  }
}
