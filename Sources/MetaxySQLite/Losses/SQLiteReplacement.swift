internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySQLiteDriver

/// The comparison of a table that is about to be dropped with the one that takes its place.
struct SQLiteReplacement {
  let session: SQLiteConnection
  let old: SQLiteMeasuredTable
  let new: String
  /// Whether values are compared too whose column gets another type; otherwise only their number is.
  let comparesConverted: Bool
  /// The values that the copy gave another spelling, by the folded names of their columns.
  var renamedValues: [String: ValueCase] = [:]

  /// A column of the old table that the new one has too.
  private struct KeptColumn {
    let column: SQLiteMeasuredColumn
    let comparison: SQLiteValueComparison
    /// The values with another spelling; nil if none of them became the same as another one.
    let renamed: ValueCase?
    var name: String { SQLText.identifier(column.name) }

    /// Returns the old values of the column as the new table should have them.
    func expected(_ name: String) -> String {
      guard let renamed else { return name }
      let cases = renamed.values.map { "WHEN \(SQLText.literal($0.old)) THEN \(SQLText.literal($0.new))" }
      return "(CASE \(name) \(cases.joined(separator: " ")) ELSE \(name) END)"
    }
  }

  private var oldName: String { "main.\(SQLText.identifier(old.name))" }
  private var newName: String { "main.\(SQLText.identifier(new))" }
  private var table: TableName { TableName(old.originalName) }

  /// Returns what the new table lacks: rows, columns with values, and values.
  func losses() throws(MetaxyError) -> [MeasuredLoss] {
    var losses: [MeasuredLoss] = []
    let missing = try session.countRows(of: old.name) - session.countRows(of: new)
    if missing > 0 { losses.append(MeasuredLoss(.deletedRows, table, count: missing)) }
    let columns = try session.measuredColumns(of: new) + generatedColumns()
    var kept: [KeptColumn] = []
    for column in old.columns {
      guard let successor = columns.first(where: { $0.name.folded == column.name.folded }) else {
        let count = try session.countValues(of: column.name, in: old.name)
        if count > 0 { losses.append(MeasuredLoss(.column(column.name), table, count: count)) }
        continue
      }
      kept.append(
        KeptColumn(
          column: column, comparison: SQLiteValueComparison(from: column.type, to: successor.type),
          renamed: try distinctRename(of: column)))
    }
    return try losses + changedValues(kept, hasAllRows: missing <= 0)
  }

  /// Returns the renamed values of a column if rows that differed still differ.
  private func distinctRename(of column: SQLiteMeasuredColumn) throws(MetaxyError) -> ValueCase? {
    guard let renamed = renamedValues[column.name.folded] else { return nil }
    let name = SQLText.identifier(column.name)
    // A collation that takes two spellings for one value would lose the other.
    let others = renamed.values.map { value in
      let (old, new) = (SQLText.literal(value.old), SQLText.literal(value.new))
      return "\(name) = \(new) OR (\(name) = \(old) AND \(name) COLLATE BINARY <> \(old))"
    }
    let count = try session.number("SELECT count(*) FROM \(oldName) WHERE \(others.joined(separator: " OR "))")
    return count == 0 ? renamed : nil
  }

  /// What is computed in the new table, and was not in the old one, must have the old values.
  private func generatedColumns() throws(MetaxyError) -> [SQLiteMeasuredColumn] {
    try session.query("SELECT name, type FROM pragma_table_xinfo(?1, 'main') WHERE hidden IN (2, 3)", [.text(new)]).map
    {
      SQLiteMeasuredColumn(name: $0[0].text ?? "", type: $0[1].text ?? "")
    }
  }

  /// Compares row by row, by the key of the old table. Rows without a key may have other numbers in the new table; then the
  /// values of each column are compared, and after them the rows as a whole.
  private func changedValues(_ kept: [KeptColumn], hasAllRows: Bool) throws(MetaxyError) -> [MeasuredLoss] {
    let compared = kept.filter { comparesConverted || $0.comparison.isSameType }
    var losses: [MeasuredLoss] = []
    for column in kept where !comparesConverted && !column.comparison.isSameType {
      losses += loss(
        column,
        try session.countValues(of: column.column.name, in: old.name)
          - session.countValues(of: column.column.name, in: new))
    }
    guard !compared.isEmpty else { return losses }
    if hasAllRows, let key = try keyCondition(kept) {
      return losses + zip(compared, try changedRows(compared, key)).flatMap(loss)
    }
    if hasAllRows, let number = try numberCondition(kept),
      try changedRows(compared, number).allSatisfy({ $0 == 0 })
    {
      return losses
    }
    var changed: [MeasuredLoss] = []
    for column in compared { changed += loss(column, try lostValues(of: column)) }
    guard changed.isEmpty, hasAllRows else { return losses + changed }
    let rows = try lostRows(compared.filter(\.comparison.isSameType))
    return losses + (rows > 0 ? [MeasuredLoss(.changedRows, table, count: rows)] : [])
  }

  private func loss(_ column: KeptColumn, _ count: Int) -> [MeasuredLoss] {
    count > 0 ? [MeasuredLoss(.values(column.column.name), table, count: count)] : []
  }

  /// The condition for the row with the same primary key; nil if there is no key, or if it is not kept.
  private func keyCondition(_ kept: [KeptColumn]) throws(MetaxyError) -> String? {
    let names = try session.query("SELECT name FROM pragma_table_xinfo(?1, 'main') WHERE pk > 0", [.text(old.name)])
      .compactMap { $0[0].text?.folded }
    let key = kept.filter { names.contains($0.column.name.folded) && $0.comparison.isSameType }
    guard !key.isEmpty, key.count == names.count else { return nil }
    // Other keys than an INTEGER can be NULL. https://sqlite.org/lang_createtable.html#the_primary_key
    let isMissing = key.map { "\($0.name) IS NULL" }.joined(separator: " OR ")
    guard try session.number("SELECT count(*) FROM \(oldName) WHERE \(isMissing)") == 0 else { return nil }
    return key.map { "n.\($0.name) = o.\($0.name) COLLATE BINARY" }.joined(separator: " AND ")
  }

  /// The condition for the row with the same number; nil if rows have no common numbers.
  private func numberCondition(_ kept: [KeptColumn]) throws(MetaxyError) -> String? {
    let names = Set(try (session.measuredColumns(of: new) + old.columns).map(\.name.folded))
    guard let number = ["rowid", "_rowid_", "oid"].first(where: { !names.contains($0) }), try hasRowID(old.name),
      try hasRowID(new)
    else { return nil }
    return "n.\(number) = o.\(number)"
  }

  private func hasRowID(_ table: String) throws(MetaxyError) -> Bool {
    try session.number(
      "SELECT wr = 0 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = lower(\(SQLText.literal(table)))")
      == 1
  }

  /// Counts in one pass, for each column, the values that the row of the same key or number does not have.
  private func changedRows(_ columns: [KeptColumn], _ condition: String) throws(MetaxyError) -> [Int] {
    let counts = columns.map { column in
      "CAST(total(\(column.comparison.isChanged(column.expected("o.\(column.name)"), "n.\(column.name)"))) AS INTEGER)"
    }
    let row = try session.query(
      "SELECT \(counts.joined(separator: ", ")) FROM \(oldName) AS o LEFT JOIN \(newName) AS n ON \(condition)", []
    ).first
    return (row ?? []).map { Int($0.integer ?? 0) }
  }

  /// Counts the values of a column that no row of the new table has.
  private func lostValues(of column: KeptColumn) throws(MetaxyError) -> Int {
    let forms = zip(column.comparison.forms(column.expected(column.name)), column.comparison.forms(column.name))
    let conditions = forms.map { expected, form in
      "\(expected.old) COLLATE BINARY NOT IN (SELECT \(form.new) COLLATE BINARY FROM \(newName) WHERE \(form.condition))"
    }
    return try session.number(
      "SELECT count(*) FROM \(oldName) WHERE \(column.name) IS NOT NULL AND \(conditions.joined(separator: " AND "))")
  }

  /// Counts the rows whose values the new table has, but not in one row: values were exchanged between rows. Values may
  /// take the place of NULL, so each column that has NULL is compared by itself with those that have none.
  private func lostRows(_ columns: [KeptColumn]) throws(MetaxyError) -> Int {
    let rows = try session.countRows(of: old.name)
    var full: [KeptColumn] = []
    var partial: [KeptColumn] = []
    for column in columns {
      if try session.countValues(of: column.column.name, in: old.name) == rows {
        full.append(column)
      } else {
        partial.append(column)
      }
    }
    var lost = 0
    for columns in partial.isEmpty ? [full] : partial.map({ full + [$0] }) {
      let list = columns.map { "\($0.name) COLLATE BINARY" }.joined(separator: ", ")
      let expected = columns.map { "\($0.expected($0.name)) COLLATE BINARY" }.joined(separator: ", ")
      guard let last = columns.last?.name else { continue }
      lost = max(
        lost,
        try session.number(
          """
          SELECT count(*) FROM
            (SELECT \(expected) FROM \(oldName) WHERE \(last) IS NOT NULL EXCEPT SELECT \(list) FROM \(newName))
          """))
    }
    return lost
  }
}
