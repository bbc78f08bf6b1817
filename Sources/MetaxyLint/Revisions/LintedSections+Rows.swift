internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// What existing rows can hold before a statement.
extension LintedSections {
  /// Whether the revision itself creates the table, so that it has no earlier rows and no other session uses it.
  func isNew(_ table: TableName, at step: Int) -> Bool {
    creations[key(former(table, at: step))].map { $0 <= step } ?? false
  }

  /// The table before the revision; nil if the records do not have it.
  func tableBefore(_ name: TableName, at step: Int) -> Table? { table(former(name, at: step), in: before) }

  /// The column before the revision; nil if the records do not have it.
  func columnBefore(_ name: String, of table: TableName, at step: Int) -> Column? {
    guard added(name, to: table, before: step) == nil else { return nil }
    let former = former(name, of: table, at: step)
    return tableBefore(table, at: step)?.columns.first { isSame($0.name, former) }
  }

  /// The column as the revision adds it, before a statement or in it.
  func added(_ column: String, to table: TableName, before step: Int) -> WrittenColumn? {
    additions[dialect.folded(column)]?.last { addition in
      addition.step <= step && isSame(former(addition.table, at: addition.step), former(table, at: step))
    }?.column
  }

  /// Whether the column is new and NULL in all rows.
  func isNewAndNull(_ column: String, of table: TableName, at step: Int) -> Bool {
    guard let added = added(column, to: table, before: step), added.isNullInExistingRows else { return false }
    return !steps[..<step].contains { assigns(column, of: table, in: $0, onlyNull: false) }
  }

  /// Whether an earlier statement replaces NULL in the column.
  func isBackfilled(_ column: String, of table: TableName, at step: Int) -> Bool {
    steps[..<step].contains { assigns(column, of: table, in: $0, onlyNull: true) }
  }

  /// - Parameter onlyNull: whether to leave out updates of rows that a condition about other values selects.
  private func assigns(_ column: String, of table: TableName, in step: LintStep, onlyNull: Bool) -> Bool {
    step.changes.contains { change in
      guard case .changeRows(let other, let rows) = change, isSame(other, table) else { return false }
      guard rows.verb == .update else { return !onlyNull }
      guard rows.columns.contains(where: { isSame($0, column) }) else { return false }
      guard onlyNull, let condition = rows.rest.firstIndex(where: { $0.isWord("WHERE") }) else { return true }
      let test = rows.rest[(condition + 1)...]
      return test.count == 3 && isSame(test[test.startIndex].value, column)
        && test.dropFirst().first?.isWord("IS") == true
        && test.last?.isWord("NULL") == true
    }
  }

  /// Whether the revision counts such rows before anything runs: a `metaxy:requires` whose query reads the table, and these
  /// columns or no column of it.
  func isCounted(_ columns: [String], of table: TableName, at step: Int) -> Bool {
    let tables = [table.name, former(table, at: step).name].map(dialect.folded)
    let names = columns.map { [$0, former($0, of: table, at: step)].map(dialect.folded) }
    let all = (tableBefore(table, at: step)?.columns.map { dialect.folded($0.name) } ?? []) + names.flatMap(\.self)
    return steps.flatMap(\.statement.rowChecks).contains { check in
      guard check.rule == nil, let tokens = try? SQLTokenizer.tokens(of: check.query, lexicon: dialect.lexicon) else {
        // A query that cannot be read counts nothing.
        return false
      }
      let mentioned = Set(
        tokens.filter { $0.kind == .word || $0.kind == .quotedIdentifier }.map { dialect.folded($0.value) })
      guard tables.contains(where: mentioned.contains) else { return false }
      return names.allSatisfy { $0.contains(where: mentioned.contains) } || !all.contains(where: mentioned.contains)
    }
  }

  /// Warning, or advice where the revision counts the rows that would fail.
  func severity(of columns: [String], in table: TableName, at step: Int) -> LintRule.Severity {
    isCounted(columns, of: table, at: step) ? .advice : .warning
  }
}
