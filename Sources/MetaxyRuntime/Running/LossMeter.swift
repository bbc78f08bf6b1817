package import MetaxyErrors
package import MetaxyNames
package import MetaxySQL

/// Measures, as the engine counts it, what the statements of a section do to rows and columns that existed before it.
///
/// A row is lost when it is deleted, by whatever statement, trigger, rule, function or foreign key; a value, when a
/// column that existed before the section gets another value in its place, or none. Values in the place of NULL, and values in
/// columns that the section itself added, lose nothing.
package protocol LossMeter: AnyObject {
  /// Runs one statement by calling `body`, and returns what it lost beyond what `statement` consents to.
  ///
  /// A meter can roll a statement back to count precisely what it would lose, and call `body` again. After a loss the
  /// transaction must be rolled back.
  func measure(
    _ statement: MeasuredStatement, _ body: () throws(MetaxyError) -> Int
  ) throws(MetaxyError) -> Measurement

  /// Returns what was lost since the last statement, by effects that the engine defers to the end of the transaction.
  func finish() throws(MetaxyError) -> [MeasuredLoss]
}

/// A statement of a section, with what its meter must know of it.
package struct MeasuredStatement {
  package var sql: String
  package var tokens: [SQLToken]
  /// The statements that follow it in its section.
  package var following: ArraySlice<[SQLToken]>
  /// The rules whose findings in the statement are consented to, in upper case.
  package var allowedRules: Set<String>
  /// Those of all statements of its section.
  package var allowedRulesOfSection: Set<String>

  package func allows(_ loss: MeasuredLoss) -> Bool { allowedRules.contains(loss.rule) }
}

/// The result of a statement: the rows that it changed, and what it lost without consent.
package struct Measurement {
  package var changedRows: Int
  package var losses: [MeasuredLoss]
  /// Whether statements before it lost this, none of which consents to anything; the statement itself did not run.
  package var areEarlier: Bool

  package init(changedRows: Int, losses: [MeasuredLoss] = [], areEarlier: Bool = false) {
    self.changedRows = changedRows
    self.losses = losses
    self.areEarlier = areEarlier
  }
}

/// Rows or values that a section lost.
package struct MeasuredLoss: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The table was dropped with its rows.
    case table
    /// The column was dropped with its values.
    case column(String)
    /// Values of the column were overwritten.
    case values(String)
    /// Rows were deleted.
    case deletedRows
    /// Values in rows were overwritten.
    case changedRows
  }

  package var kind: Kind
  /// The table, under its name before the section where that is known.
  package var table: TableName
  /// The number of rows or values; nil where it cannot be determined any more.
  package var count: Int?

  package init(_ kind: Kind, _ table: TableName, count: Int?) {
    self.kind = kind
    self.table = table
    self.count = count
  }

  /// The safety rule that requires consent, as named in `metaxy:allow`.
  package var rule: String {
    switch kind {
    case .table: "DS102"
    case .column: "DS103"
    case .values, .deletedRows, .changedRows: "DS105"
    }
  }

  /// The loss for display.
  var displayText: String {
    let number = count.map(String.init)
    let isOne = count == 1
    switch kind {
    case .table: return "the table `\(table)` with its \(rows)"
    case .column(let column):
      return "the column `\(table).\(column)` with its \(number.map { "\($0) " } ?? "")\(isOne ? "value" : "values")"
    case .values(let column): return "\(number ?? "the") \(isOne ? "value" : "values") of `\(table).\(column)`"
    case .deletedRows: return "\(rows) of `\(table)`"
    case .changedRows: return "values in \(rows) of `\(table)`"
    }
  }

  private var rows: String { count.map { Wording.count($0, "row") } ?? "rows" }
}
