internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRows

/// The rows that a query takes from the table of one feature.
struct RowSelection: Sendable {
  var condition: ConditionTerm?
  var version = VersionChoice.current
  /// Whether all rows of a sample are taken, instead of the newest one.
  var hasHistory = false

  mutating func add(_ term: ConditionTerm) { condition = condition.map { .all([$0, term]) } ?? term }
}

/// A table in the FROM of a query, with its part of the WHERE.
struct RowSource {
  /// `"video" AS a`, or a query for the newest rows.
  var text: String
  /// The term that chooses a version; nil for none.
  var version: String?
  /// The condition of the caller; nil for none.
  var condition: String?
  /// The number of rows that are equally new as a row; nil if there cannot be several.
  var copies: String?

  /// Returns the WHERE of a query over some tables; empty without terms.
  ///
  /// Rows that are equally new meet every condition, so that they are found and reported: which of them is the newest
  /// row, and whether that one meets the condition, is undefined.
  static func clause(of sources: [RowSource], and others: [String] = []) -> String {
    let terms = terms(of: sources, and: others)
    return terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
  }

  /// Returns the terms of ``clause(of:and:)``.
  ///
  /// - Parameters:
  ///   - sources: the tables.
  ///   - others: conditions of the caller that are not those of one table.
  /// - Returns: the terms that must all hold.
  static func terms(of sources: [RowSource], and others: [String] = []) -> [String] {
    let terms = sources.compactMap(\.version)
    let conditions = (sources.compactMap(\.condition) + others).map { "(\($0))" }
    let ties = sources.compactMap(\.copies).map { "\($0) > 1" }
    guard !conditions.isEmpty, !ties.isEmpty else { return terms + conditions }
    return terms + ["(\(ties.joined(separator: " OR ")) OR (\(conditions.joined(separator: " AND "))))"]
  }

  /// Returns the column that is more than 1 in rows that are equally new as others; nil if there cannot be such rows.
  ///
  /// With a limit it is the same in all rows of the answer, and counts the rows that the limit cuts off.
  static func mark(of sources: [RowSource], isLimited: Bool) -> String? {
    let copies = sources.compactMap(\.copies)
    guard !copies.isEmpty else { return nil }
    let product = copies.map { "coalesce(\($0), 1)" }.joined(separator: " * ")
    return isLimited ? "max(\(product)) OVER ()" : product
  }
}

extension RowQuery {
  /// Returns a table of a query with the selected rows.
  mutating func source(
    _ selection: RowSelection, _ layout: RowLayout, _ alias: String, _ connection: any RowConnection
  ) throws(MetaxyError) -> RowSource {
    guard !selection.hasHistory else { return try plainSource(selection, layout, alias) }
    let order = try store.newestOrder(of: layout, in: selection.version, connection)
    guard order != .unique else { return try plainSource(selection, layout, alias) }
    let (idTerms, otherTerms) = (selection.condition?.terms ?? []).divided { $0.uses(only: layout.feature.idColumns) }
    var terms = text(selection.version, layout, NewestRows.alias).map { [$0] } ?? []
    // All rows of a sample meet these terms, or none, so the window need not see the other samples.
    for term in idTerms { terms.append("(\(try text(term, layout, NewestRows.alias)))") }
    var conditions: [String] = []
    for term in otherTerms { conditions.append("(\(try text(term, layout, alias)))") }
    let rows = NewestRows(layout: layout, order: order, columns: layout.readColumns)
    return RowSource(
      text: "(\(rows.text(where: terms))) AS \(alias)",
      condition: conditions.isEmpty ? nil : conditions.joined(separator: " AND "),
      copies: order.allowsTies ? "\(alias).\(NewestRows.copies)" : nil)
  }

  /// Returns a table of a query with all selected rows, without marks of deletions.
  private mutating func plainSource(
    _ selection: RowSelection, _ layout: RowLayout, _ alias: String
  ) throws(MetaxyError) -> RowSource {
    let version = text(selection.version, layout, alias)
    let condition = try selection.condition.map { term throws(MetaxyError) in try text(term, layout, alias) }
    return RowSource(text: history(of: layout, alias), version: version, condition: condition)
  }
}

extension ConditionTerm {
  /// The terms that must all hold.
  fileprivate var terms: [ConditionTerm] {
    if case .all(let terms) = self { terms.flatMap(\.terms) } else { [self] }
  }

  /// Whether all columns of the condition are among these.
  func uses(only columns: [String]) -> Bool {
    switch self {
    case .comparison(let column, _, _), .isNull(let column), .isIn(let column, _), .hasPrefix(let column, _),
      .contains(let column, _), .like(let column, _):
      column.json == nil && columns.containsExactly(column.name)
    case .all(let terms), .any(let terms): terms.allSatisfy { $0.uses(only: columns) }
    case .not(let term): term.uses(only: columns)
    }
  }
}

extension Sequence {
  /// Returns the elements that meet a condition, and the others.
  fileprivate func divided(_ isFirst: (Element) -> Bool) -> (first: [Element], second: [Element]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}
