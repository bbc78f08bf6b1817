internal import MetaxyFeatures
internal import MetaxyNames

/// Compares the values of a column with those that a rebuild has copied into a column of the same or another type.
///
/// A value that was converted is the same if it comes back, or if it has the same text.
struct SQLiteValueComparison {
  let isSameType: Bool
  private let reverse: SQLiteCast

  /// - Parameters:
  ///   - old: the declared type of the column.
  ///   - new: the declared type of the column that takes its place.
  init(from old: String, to new: String) {
    isSameType = old.folded == new.folded
    func form(_ type: String) -> SQLiteStoredForm { SQLiteStoredForm(.raw(type), isWide: true, isStrict: false) }
    reverse = SQLiteCast(old: form(new), new: form(old), hasAffinity: true)
  }

  /// Returns the condition under which a value that is not NULL is another one now.
  func isChanged(_ old: String, _ new: String) -> String {
    if isSameType { return "\(old) IS NOT NULL AND \(old) COLLATE BINARY IS NOT \(new)" }
    let invalid = reverse.invalid(new).map { " WHEN \($0) THEN 1" } ?? ""
    return "CASE WHEN \(old) IS NULL THEN 0 WHEN \(hasText(old)) AND \(text(old)) IS \(text(new)) THEN 0\(invalid)"
      + " ELSE +(\(reverse.expression(new))) COLLATE BINARY IS NOT +\(old) END"
  }

  /// Returns the forms in which a value of a column can be found among the new ones, and the condition for these.
  func forms(_ column: String) -> [(old: String, new: String, condition: String)] {
    let isThere = "\(column) IS NOT NULL"
    if isSameType { return [(column, column, isThere)] }
    let isValid = reverse.invalid(column).map { "\(isThere) AND NOT (\($0))" } ?? isThere
    return [
      ("+\(column)", "+(\(reverse.expression(column)))", isValid),
      ("CASE WHEN \(hasText(column)) THEN \(text(column)) ELSE '' END", text(column), isThere),
    ]
  }

  /// The text of a number with a fraction has too few digits.
  private func hasText(_ value: String) -> String { "typeof(\(value)) <> 'real'" }

  private func text(_ value: String) -> String { "CAST(\(value) AS TEXT)" }
}
