internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyRevisions
internal import MetaxySQL

// Sections with `batch:`: one UPDATE that is limited to a range of rows, and repeated until no row meets its condition.
extension Runner {
  /// The end of a batch.
  private enum BatchEnd {
    /// The range has rows behind it.
    case range
    /// All rows were read once, and this number of them still meets the condition.
    case pass(remaining: Int64)
    case section
  }

  /// Runs each batch in a transaction, with the last row of its range in the log, so that an interrupted run resumes there.
  ///
  /// Rows that other sessions move or add meanwhile are those of another pass over the table.
  func runBatches(
    of section: RevisionSection, _ step: RunStep, _ entry: inout RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) {
    guard let rows = section.batchRows, let statement = section.statements.first,
      let update = BatchedUpdate(try statement.tokens(for: dialect.name, lexicon: dialect.lexicon))
    else { return }
    var remainingBefore: Int64?
    while true {
      let current = entry
      let (next, end) = try transaction { () throws(MetaxyError) in
        try runBatch(update, rows: rows, of: section, step, current, isLast: isLast)
      }
      entry = next
      switch end {
      case .range: continue
      case .section:
        if isLast { move(step) }
        return
      case .pass(let remaining):
        if let before = remainingBefore, remaining >= before { throw .endlessBatches(statement, step, remaining) }
        remainingBefore = remaining
      }
    }
  }

  private func runBatch(
    _ update: BatchedUpdate, rows: Int, of section: RevisionSection, _ step: RunStep, _ entry: RevisionLog.Entry,
    isLast: Bool
  ) throws(MetaxyError) -> (RevisionLog.Entry, BatchEnd) {
    var entry = entry
    try requirePosition(&entry)
    let key = try dialect.batchKey(of: update.table, connection)
    let start = entry.position.flatMap { BatchPosition(logged: $0, dialect) }
    guard let last = try lastRow(of: update, rows, key, after: start) else {
      return try endPass(update, step, entry, isLast: isLast)
    }
    let before = try connection.tableNames()
    let meter = try sectionMeter(for: section, number: entry.section + 1, step)
    let sql = update.limited(to: key.range(after: start, upTo: last))
    entry.rowsChanged += try run(at: 0, of: section, step, meter, as: sql)
    try note(&entry, tablesBefore: before)
    try meter?.finish()
    entry.position = last.text
    try log.update(entry, connection)
    return (entry, .range)
  }

  /// Returns the end of the next range; nil if no row after its start meets the condition.
  private func lastRow(
    of update: BatchedUpdate, _ rows: Int, _ key: BatchKey, after start: BatchPosition?
  ) throws(MetaxyError) -> BatchPosition? {
    let names = key.columns.indices.map { "k\($0)" }
    let columns = zip(key.columns, names).map { "\($0) AS \($1)" }.joined(separator: ", ")
    let condition = [update.condition, start.map { key.isAfter($0) }].compactMap(\.self).joined(separator: " AND ")
    let order = key.needsSorting ? " ORDER BY \(key.columns.joined(separator: ", "))" : ""
    let literals = names.map { "(\(key.literal($0)))" }.joined(separator: " || ', ' || ")
    let descending = names.map { "\($0) DESC" }.joined(separator: ", ")
    let found = try connection.query(
      "SELECT \(literals) FROM (SELECT \(columns) FROM \(update.target) WHERE \(condition)\(order) LIMIT \(rows))"
        + " AS \"batch\" ORDER BY \(descending) LIMIT 1")
    return found.first?.first?.text.map { BatchPosition(text: $0) }
  }

  /// Ends the section if no row meets the condition any more, and begins at the first row again otherwise.
  private func endPass(
    _ update: BatchedUpdate, _ step: RunStep, _ entry: RevisionLog.Entry, isLast: Bool
  ) throws(MetaxyError) -> (RevisionLog.Entry, BatchEnd) {
    var entry = entry
    let count = try connection.query("SELECT count(*) FROM \(update.target) WHERE \(update.condition)")
    let remaining = count.first?.first?.integer ?? 0
    guard remaining == 0 else {
      entry.position = RevisionLog.Entry.firstPosition
      try log.update(entry, connection)
      return (entry, .pass(remaining: remaining))
    }
    entry.position = nil
    entry.section += 1
    if isLast { try finish(step, &entry) } else { try log.update(entry, connection) }
    return (entry, .section)
  }
}

/// A place among the rows of a table: the values of its batch key, as SQL literals.
struct BatchPosition {
  let text: String

  /// - Parameter text: the text that the database gives.
  init(text: String) { self.text = text }

  /// Returns nil for a text that is not a list of literals, such as the empty one before the first row. It is safe to begin
  /// there: rows that are done do not meet the condition.
  init?(logged text: String, _ dialect: any Dialect) {
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon) else { return nil }
    let isLiteral = tokens.allSatisfy { token in
      [.number, .string, .blob].contains(token.kind) || token.isWord(in: "tid", "NULL")
        || [",", "-", "::"].contains { token.isSymbol($0) }
    }
    guard isLiteral, !tokens.isEmpty else { return nil }
    self.text = text
  }
}

extension BatchKey {
  fileprivate var row: String { "(\(columns.joined(separator: ", ")))" }

  fileprivate func isAfter(_ position: BatchPosition) -> String { "\(row) > (\(position.text))" }

  fileprivate func range(after start: BatchPosition?, upTo end: BatchPosition) -> String {
    (start.map { "\(isAfter($0)) AND " } ?? "") + "\(row) <= (\(end.text))"
  }
}

extension MetaxyError {
  fileprivate static func endlessBatches(
    _ statement: RevisionStatement, _ step: RunStep, _ remaining: Int64
  ) -> MetaxyError {
    MetaxyError(
      .endlessBatches,
      "\(step.place(of: statement)): the UPDATE leaves \(Wording.count(Int(remaining), "row")) that"
        + " \(remaining == 1 ? "meets" : "meet") its condition, so its batches would never end",
      Payload(path: step.file.path, revision: step.file.revision, sql: statement.sql),
      hints: ["write a condition that no longer holds for a row that the UPDATE changed, such as `column IS NULL`"])
  }
}
