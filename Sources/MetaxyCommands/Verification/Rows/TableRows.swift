internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The rows of a table as exact texts, whatever their order.
struct TableRows {
  private let columns: [String]
  private var rows: [[String?]]

  /// - Parameter columns: their names in the table.
  init(of table: TableName, _ columns: [String], in scratch: ScratchRun) throws(MetaxyError) {
    self.columns = columns
    let values = columns.map { scratch.dialect.exactText(of: $0) }
    let list = values.isEmpty ? "1" : values.joined(separator: ", ")
    rows = try scratch.connection.query("SELECT \(list) FROM \(SQLWriter(scratch.dialect).name(table))")
      .map { $0.map(\.text) }
  }

  /// Returns the rows with the values that a revision gives them where it renames values.
  func renamingValues(of table: KeptTable, in scratch: ScratchRun) throws(MetaxyError) -> TableRows {
    var renamed = self
    for (place, column) in table.oldColumns.enumerated() {
      for value in table.renamedValues[column] ?? [] {
        let texts = try [value.old, value.new].map { text throws(MetaxyError) in
          try Self.exactText(of: text, in: scratch)
        }
        for row in rows.indices where rows[row][place] == texts[0] { renamed.rows[row][place] = texts[1] }
      }
    }
    return renamed
  }

  private static func exactText(of value: String, in scratch: ScratchRun) throws(MetaxyError) -> String? {
    let sql =
      "SELECT \(scratch.dialect.exactText(of: "v")) FROM (SELECT \(SQLText.literal(value)) AS \(scratch.dialect.quoted("v"))) AS t"
    return try scratch.connection.query(sql).first?.first?.text
  }

  var count: Int { rows.count }

  /// A difference of one column, or of the table.
  struct Difference {
    /// The place of the column; nil for the table.
    var column: Int?
    var text: String
  }

  /// Returns the differences from rows with the same columns, maybe under other names.
  ///
  /// - Parameter mayHaveMore: whether further rows do not count as a difference.
  func differences(from expected: TableRows, mayHaveMore: Bool) -> [Difference] {
    if count < expected.count || (count > expected.count && !mayHaveMore) {
      return [Difference(text: "has \(Wording.count(count, "row")) instead of \(expected.count)")]
    }
    var found: [Difference] = []
    for place in columns.indices {
      let lost = Self.missing(expected.rows.map { $0[place] }, from: rows.map { $0[place] })
      guard let example = lost.first else { continue }
      let new = Self.missing(rows.map { $0[place] }, from: expected.rows.map { $0[place] })
      found.append(
        Difference(
          column: place,
          text:
            "\(Wording.count(lost.count, "value")) changed, for example \(Self.shown(example)) to \(Self.shown(new.first ?? nil))"
        ))
    }
    if found.isEmpty, !Self.missing(expected.rows, from: rows).isEmpty {
      found.append(Difference(text: "has values that moved to other rows"))
    }
    return found
  }

  private static func missing<Value: Hashable>(_ values: [Value], from others: [Value]) -> [Value] {
    var counts: [Value: Int] = [:]
    for other in others { counts[other, default: 0] += 1 }
    return values.filter { value in
      counts[value, default: 0] -= 1
      return counts[value, default: 0] < 0
    }
  }

  private static func shown(_ value: String?) -> String {
    value.map { "`\($0.count > 40 ? $0.prefix(40) + "…" : $0[...])`" } ?? "NULL"
  }
}
