internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
internal import MetaxySchema

/// Determines whether defaults that are printed differently have the same value: `5` and `5.0` in a numeric column do.
///
/// It only evaluates constants of types whose values do not depend on place and time; the results of functions are
/// never compared.
struct ConstantDefaults {
  private let trial: RolledBackTransaction

  init(_ trial: RolledBackTransaction) { self.trial = trial }

  /// Returns `table` with the defaults of `live` where the values are equal; unchanged if other defaults differ, because a
  /// revision that changes defaults of a table writes all of them as they are defined.
  func settling(_ table: Table, beside live: Table) throws(MetaxyError) -> Table {
    let settled = try settlingEach(table, beside: live)
    let hasOthers = settled.columns.contains { column in
      live.columns.first { $0.name == column.name }.map { $0.defaultValue != column.defaultValue } ?? false
    }
    return hasOthers ? table : settled
  }

  private func settlingEach(_ table: Table, beside live: Table) throws(MetaxyError) -> Table {
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

  /// Returns the type for the comparison of a column's values; nil if they are not compared. Texts are compared at full
  /// length, because a cast to a limited length silently truncates.
  private func comparableType(of type: ColumnType) -> String? {
    let name = PostgreSQLTypes.canonicalName(of: type)
    guard isConstant(name) else { return nil }
    guard name.hasPrefix("character") else { return name }
    return name.hasSuffix("[]") ? "text[]" : "text"
  }

  /// Returns whether a text contains only numbers, strings, arrays and these types.
  private func isConstant(_ text: String) -> Bool {
    // A text that cannot be tokenised is not a constant.
    guard let tokens = try? SQLTokenizer.tokens(of: text, lexicon: .postgresql) else { return false }
    return tokens.allSatisfy { token in
      switch token.kind {
      case .number, .string: true
      case .symbol: ["(", ")", ",", "-", "+", "::", "[", "]"].contains(token.text)
      case .word: Self.words.contains(token.text.lowercased())
      default: false
      }
    }
  }

  private static let words: Set<String> = [
    "integer", "bigint", "smallint", "numeric", "real", "double", "precision", "text", "character", "varying",
    "boolean", "true", "false", "array", "uuid",
  ]
}
