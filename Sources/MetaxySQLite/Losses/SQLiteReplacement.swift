internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQLiteDriver

/// The comparison of a table that is about to be dropped with the one that takes its place.
struct SQLiteReplacement {
  let session: SQLiteConnection
  let old: SQLiteMeasuredTable
  let new: String

  private var oldName: String { "main.\(SQLText.identifier(old.name))" }
  private var newName: String { "main.\(SQLText.identifier(new))" }

  /// Returns what the new table lacks: rows, columns with values, and values.
  ///
  /// A value that is not NULL stays one, and it stays the same if the column has the same type in both tables.
  func losses() throws(MetaxyError) -> [MeasuredLoss] {
    let table = TableName(old.originalName)
    var losses: [MeasuredLoss] = []
    let missing = try session.countRows(of: old.name) - session.countRows(of: new)
    if missing > 0 { losses.append(MeasuredLoss(.deletedRows, table, count: missing)) }
    let columns = try session.measuredColumns(of: new) + generatedColumns()
    let changed = try missing > 0 ? nil : rowsThatDiffer(columns)
    for column in old.columns {
      guard let kept = columns.first(where: { $0.name.folded == column.name.folded }) else {
        let count = try session.countValues(of: column.name, in: old.name)
        if count > 0 { losses.append(MeasuredLoss(.column(column.name), table, count: count)) }
        continue
      }
      if let changed, changed[column] == 0 { continue }
      let count = try lostValues(of: column, hasSameType: column.hasSameType(as: kept))
      if count > 0 { losses.append(MeasuredLoss(.values(column.name), table, count: count)) }
    }
    return losses
  }

  /// What is computed in the new table, and was not in the old one, must have the old values.
  private func generatedColumns() throws(MetaxyError) -> [SQLiteMeasuredColumn] {
    try session.query("SELECT name, type FROM pragma_table_xinfo(?1, 'main') WHERE hidden IN (2, 3)", [.text(new)]).map
    {
      SQLiteMeasuredColumn(name: $0[0].text ?? "", type: $0[1].text ?? "")
    }
  }

  /// Counts in one pass, for each column of the same type, the values that the row of the same number does not have.
  /// Returns nil if rows have no common numbers.
  private func rowsThatDiffer(_ columns: [SQLiteMeasuredColumn]) throws(MetaxyError) -> [SQLiteMeasuredColumn: Int]? {
    let kept = old.columns.filter { column in
      columns.contains { $0.name.folded == column.name.folded && column.hasSameType(as: $0) }
    }
    let names = Set(old.columns.map(\.name.folded) + columns.map(\.name.folded))
    guard !kept.isEmpty, let number = ["rowid", "_rowid_", "oid"].first(where: { !names.contains($0) }),
      try hasRowID(old.name), try hasRowID(new)
    else { return nil }
    let counts = kept.map { column in
      let name = SQLText.identifier(column.name)
      return "CAST(total(o.\(name) IS NOT NULL AND o.\(name) COLLATE BINARY IS NOT n.\(name)) AS INTEGER)"
    }
    let row = try session.query(
      """
      SELECT \(counts.joined(separator: ", ")) FROM \(oldName) AS o LEFT JOIN \(newName) AS n ON n.\(number) = o.\(number)
      """, []
    ).first
    return Dictionary(uniqueKeysWithValues: zip(kept, (row ?? []).map { Int($0.integer ?? 0) }))
  }

  private func hasRowID(_ table: String) throws(MetaxyError) -> Bool {
    try session.number(
      "SELECT wr = 0 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(\(SQLText.literal(table)))")
      == 1
  }

  private func lostValues(of column: SQLiteMeasuredColumn, hasSameType: Bool) throws(MetaxyError) -> Int {
    let name = SQLText.identifier(column.name)
    guard hasSameType else {
      return try session.countValues(of: column.name, in: old.name) - session.countValues(of: column.name, in: new)
    }
    return try session.number(
      """
      SELECT count(*) FROM \(oldName) WHERE \(name) IS NOT NULL AND \(name) COLLATE BINARY NOT IN
        (SELECT \(name) COLLATE BINARY FROM \(newName) WHERE \(name) IS NOT NULL)
      """)
  }
}

extension SQLiteMeasuredColumn {
  fileprivate func hasSameType(as other: SQLiteMeasuredColumn) -> Bool { type.folded == other.type.folded }
}
