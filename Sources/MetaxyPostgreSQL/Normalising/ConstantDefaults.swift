internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// Tells whether defaults that are printed differently give one value: `5` and `5.0` do in a column of numbers.
///
/// Only constants are looked at, of types whose values do not depend on where and when they are read; nothing that a function
/// gives is ever compared by its value.
struct ConstantDefaults {
  private let trial: RolledBackTransaction

  init(_ trial: RolledBackTransaction) { self.trial = trial }

  /// Returns `table` with the defaults of `live` where they give the same values.
  func settling(_ table: Table, beside live: Table) throws(MetaxyError) -> Table {
    var table = table
    for (index, column) in table.columns.enumerated() {
      guard let old = live.columns.first(where: { $0.name == column.name }),
        let left = constant(old.defaultValue), let right = constant(column.defaultValue), left != right,
        let type = comparableType(of: column.type),
        PostgreSQLTypes.canonicalName(of: old.type) == PostgreSQLTypes.canonicalName(of: column.type)
      else { continue }
      let rows = try trial.rows(of: "SELECT (\(left))::\(type)::text, (\(right))::\(type)::text")
      if let row = rows?.first, row.count == 2, row[0] == row[1] {
        table.columns[index].defaultValue = old.defaultValue
      }
    }
    return table
  }

  private func constant(_ value: ColumnDefault?) -> String? {
    guard case .expression(let expression) = value else { return nil }
    let text = expression.text(for: PostgreSQLTypes.dialect)
    return isConstant(text) ? text : nil
  }

  /// The type by which values of a column are compared; nil where they are not. A text is compared whole: a cast to a length
  /// cuts it without a word.
  private func comparableType(of type: ColumnType) -> String? {
    let name = PostgreSQLTypes.canonicalName(of: type)
    guard isConstant(name) else { return nil }
    return name.hasPrefix("character") ? "text" : name
  }

  /// Whether a text holds nothing but numbers, strings, and these types.
  private func isConstant(_ text: String) -> Bool {
    // What cannot be read is no constant.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql) else { return false }
    return tokens.allSatisfy { token in
      switch token.kind {
      case .number, .string: true
      case .symbol: ["(", ")", ",", "-", "+", "::"].contains(token.text)
      case .word: Self.words.contains(token.text.lowercased())
      default: false
      }
    }
  }

  private static let words: Set<String> = [
    "integer", "bigint", "smallint", "numeric", "real", "double", "precision", "text", "character", "varying",
    "boolean", "true", "false",
  ]
}
