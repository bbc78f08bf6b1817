internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The decisions of a revision's author about existing rows, besides the declarations in the definitions.
package struct RowDecisions: Sendable, Hashable {
  /// The values that rows get in new columns, or in place of NULL: `video.fps=24`.
  package var backfills: [String]
  /// The expressions that convert values to a new type: `video.size=CAST(size AS INTEGER)`.
  package var conversions: [String]

  package init(backfills: [String] = [], conversions: [String] = []) {
    self.backfills = backfills
    self.conversions = conversions
  }

  /// Adds the decisions to what the definitions declare, for one dialect. Columns that the schema does not have are left out.
  func declare(in schema: inout Schema, _ dialect: any Dialect) throws(MetaxyError) {
    for decision in backfills {
      guard let (table, column, text) = Self.place(of: decision, in: schema, dialect) else { continue }
      let value = try Self.value(text, of: decision, dialect)
      let own = try Self.checked(text, of: decision, dialect)
      let completed = schema[table]?.columns[column].completingFill(with: own)
      schema[table]?.columns[column].backfill = completed ?? .declared(value)
    }
    for decision in conversions {
      guard let (table, column, text) = Self.place(of: decision, in: schema, dialect) else { continue }
      schema[table]?.columns[column].using = SQLExpression(try Self.checked(text, of: decision, dialect))
    }
  }

  /// Refuses decisions that no operation of any dialect uses.
  func requireUse(_ operations: [MigrationOperation]) throws(MetaxyError) {
    var backfilled: Set<String> = []
    var converted: Set<String> = []
    for operation in operations {
      switch operation {
      case .addColumn(let addition): backfilled.insert(PossibleRename.text(addition.table, addition.column.name).folded)
      case .changeColumn(let change):
        let name = PossibleRename.text(change.table, change.new.name).folded
        if change.aspect == .nullable, !change.new.isNullable { backfilled.insert(name) }
        if change.aspect == .type { converted.insert(name) }
      default: continue
      }
    }
    for decision in backfills where !Self.names(decision, oneOf: backfilled) { throw .unknownBackfill(decision) }
    for decision in conversions where !Self.names(decision, oneOf: converted) { throw .unknownConversion(decision) }
  }

  // MARK: Texts

  /// Names can contain `=`, so each place is tried.
  private static func parts(of decision: String) -> [(name: String, text: String)] {
    decision.indices.filter { decision[$0] == "=" }.map {
      (String(decision[..<$0]), String(decision[decision.index(after: $0)...]))
    }
  }

  private static func names(_ decision: String, oneOf names: Set<String>) -> Bool {
    parts(of: decision).contains { names.contains($0.name.folded) }
  }

  private static func place(
    of decision: String, in schema: Schema, _ dialect: any Dialect
  ) -> (table: TableName, column: Int, text: String)? {
    for (name, text) in parts(of: decision) {
      for table in schema.sorted {
        let column = table.columns.firstIndex {
          dialect.folded(PossibleRename.text(table.name, $0.name)) == dialect.folded(name)
        }
        if let column { return (table.name, column, text) }
      }
    }
    return nil
  }

  /// Reads a literal as a value, and everything else as an expression.
  private static func value(
    _ text: String, of decision: String, _ dialect: any Dialect
  ) throws(MetaxyError) -> ColumnDefault {
    let text = try checked(text, of: decision, dialect)
    guard var tokens = try? SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon)[...] else {
      return .expression(SQLExpression(text))
    }
    let sign = tokens.first.flatMap { $0.isSymbol("-") ? "-" : nil } ?? ""
    if !sign.isEmpty { tokens = tokens.dropFirst() }
    guard tokens.count == 1, let token = tokens.first else { return .expression(SQLExpression(text)) }
    if token.kind == .number {
      if token.text.allSatisfy({ $0.isASCII && $0.isNumber }) { return .literal(.integer(sign + token.text)) }
      if token.text.utf8.allSatisfy({ Self.decimal.contains($0) }) { return .literal(.float(sign + token.text)) }
    }
    if sign.isEmpty, token.kind == .string, token.text.hasPrefix("'") { return .literal(.string(token.value)) }
    if sign.isEmpty, token.isWord(in: "TRUE", "FALSE") { return .literal(.boolean(token.isWord("TRUE"))) }
    return .expression(SQLExpression(text))
  }

  private static let decimal = Set("0123456789.eE+-".utf8)

  /// Returns an expression without white space around it.
  ///
  /// - Throws: `unusable_expression` for a text that is not one expression, such as one that closes a parenthesis which it did
  ///   not open.
  private static func checked(
    _ text: String, of decision: String, _ dialect: any Dialect
  ) throws(MetaxyError) -> String {
    let tokens: [SQLToken]
    do {
      tokens = try SQLTokenizer.tokens(of: text, lexicon: dialect.lexicon)
    } catch {
      throw .unusableExpression(decision, "it is not complete", cause: error)
    }
    guard let first = tokens.first, let last = tokens.last else { throw .unusableExpression(decision, "it is empty") }
    var depth = 0
    for token in tokens {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth < 0 || token.isSymbol(";") { throw .unusableExpression(decision, "it is more than one expression") }
    }
    guard depth == 0 else { throw .unusableExpression(decision, "it is not complete") }
    // Comments before and after it are left out.
    return String(text[first.text.startIndex..<last.text.endIndex])
  }
}

extension Column {
  /// Returns what rows get in a system column that a conversion between generations fills; nil for any other column.
  ///
  /// The decision is for the rows that the conversion has no value for: it must not replace the versions of the others.
  fileprivate func completingFill(with decision: String) -> Backfill? {
    guard Generation.allCases.contains(where: { $0.systemColumnNames.contains(name.folded) }),
      case .declared(.expression(let fill))? = backfill
    else { return nil }
    func completed(_ text: String) -> String { "coalesce((\(text)), \(decision))" }
    return .declared(
      .expression(SQLExpression(completed(fill.text), variants: fill.variants.mapValues(completed))))
  }
}
