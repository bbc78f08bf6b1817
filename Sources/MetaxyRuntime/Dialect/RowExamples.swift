package import MetaxyDatabase
internal import MetaxyNames
package import MetaxySchema

/// A query for a few of the rows that a condition finds: the columns that identify a row, and those that the condition is about.
///
/// ```sql
/// SELECT "id", "size" FROM "video" WHERE "size" IS NULL ORDER BY "id" LIMIT 3
/// ```
package struct RowExamples: Sendable, Hashable {
  /// The number of rows that are shown.
  package static let limit = 3

  /// The names of the columns.
  package var columns: [String]
  /// The query, with one value for each of them.
  package var query: String

  /// - Parameters:
  ///   - table: the table of the rows.
  ///   - named: the columns that the condition is about.
  ///   - rows: the text after `FROM`.
  ///   - order: expressions by which the rows are sorted first.
  package init(
    of table: Table, showing named: some Sequence<String>, from rows: String, where condition: String? = nil,
    sortedBy order: [String] = [], _ dialect: any Dialect
  ) {
    self.init(
      Self.columns(of: table, showing: named), key: table.identifyingColumns, from: rows, where: condition,
      sortedBy: order, dialect)
  }

  /// - Parameter key: the columns by which the rows are sorted last.
  init(
    _ columns: [String], key: [String], from rows: String, where condition: String?, sortedBy order: [String],
    _ dialect: any Dialect
  ) {
    self.columns = columns
    let filter = condition.map { " WHERE \($0)" } ?? ""
    let sorting = order + key.map(dialect.quoted)
    let sorted = sorting.isEmpty ? "" : " ORDER BY \(sorting.joined(separator: ", "))"
    let list = columns.map(dialect.quoted).joined(separator: ", ")
    query = "SELECT \(list) FROM \(rows)\(filter)\(sorted) LIMIT \(Self.limit)"
  }

  /// Returns the columns that are shown.
  package static func columns(of table: Table, showing named: some Sequence<String>) -> [String] {
    columns(among: table.columns.map(\.name), key: table.identifyingColumns, showing: named)
  }

  static func columns(among all: [String], key: [String], showing named: some Sequence<String>) -> [String] {
    var key = key
    // Nothing identifies the rows of this table; its first columns help to find one.
    let system = Set(Generation.allCases.flatMap(\.systemColumnNames))
    if key.isEmpty { key = all.filter { !system.contains($0.folded) }.prefix(3).map(\.self) }
    let names = Set(named.map(\.folded)).subtracting(key.map(\.folded))
    return key + all.filter { names.contains($0.folded) }
  }

  /// Returns rows of the query as texts, and last the number of the others; none if there are no rows.
  ///
  /// - Parameter count: the number of all rows.
  package func texts(of rows: [[SQLValue]], among count: Int64) -> [String] {
    guard !rows.isEmpty else { return [] }
    let texts = rows.map { row in
      zip(columns, row).map { "\($0) = \(ExampleValue.text(of: $1))" }.joined(separator: ", ")
    }
    return texts + (count > Int64(texts.count) ? ["and \(count - Int64(texts.count)) more"] : [])
  }
}
