internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxySQL
internal import MetaxySchema

/// The conversion of a column's values to another type, and the rows that it cannot convert or changes.
///
/// The conversion and its reverse come from one table, ``PostgreSQLCast``: a row is kept exactly if the reverse of its
/// converted value is the value that it had. https://www.postgresql.org/docs/current/typeconv-query.html
struct PostgreSQLConversion {
  /// The quoted name of the column.
  private let column: String
  private let old: PostgreSQLTypeShape
  private let new: PostgreSQLTypeShape
  private let cast: PostgreSQLCast
  private let reverse: PostgreSQLCast
  private let isEnumToText: Bool
  private let isToEnum: Bool
  /// An expression that takes the place of the conversion, with the cast to the new type.
  private let expression: String?

  /// - Parameters:
  ///   - oldValues: the values of the old type if it is an enum type.
  ///   - values: the values of the new type if it is an enum type.
  ///   - expression: an expression that takes the place of the conversion; a plain cast to the new type is the same as
  ///     none.
  init(
    of column: String, from old: ColumnType, to new: ColumnType, oldValues: [String]?, values: [String]?,
    by expression: String? = nil
  ) {
    self.column = column
    self.old = PostgreSQLTypeShape(old)
    self.new = PostgreSQLTypeShape(new)
    cast = PostgreSQLCast(from: self.old, to: self.new, values: values)
    reverse = PostgreSQLCast(from: self.new, to: self.old, values: oldValues)
    isToEnum = values != nil
    let own = expression.flatMap { PostgreSQLPlainCast($0, of: column, to: new).isPlain ? nil : $0 }
    self.expression = own.map { "((\($0))::\(PostgreSQLTypes.name(of: new)))" }
    isEnumToText = oldValues != nil && self.new.kind == .text && self.new.name != "character" && !self.old.isArray
  }

  /// Whether a default of the old type is valid for the new type without change.
  var keepsDefault: Bool { old.name == new.name && old.isArray == new.isArray }

  /// The expression after `USING`; nil if an assignment converts the values.
  var using: String? { expression ?? (cast.isAssignment ? nil : cast.expression(column)) }

  /// The condition for rows that the conversion refuses; nil if there are none, or if no condition exists.
  var misfit: String? { expression == nil ? cast.invalid(column) : nil }

  /// Whether two values stay two, because each comes back.
  var isExact: Bool { expression == nil && (cast.isExact || isEnumToText || isToEnum) }

  /// Whether an expression over the values may have another meaning.
  var changesKind: Bool { expression != nil || (old.kind != new.kind || old.isArray != new.isArray) && !isToEnum }

  /// Whether rows can fail although no condition detects them in advance.
  /// An expression is evaluated for each row when the changed ones are counted.
  var canFailUnseen: Bool { expression == nil && !cast.isChecked }

  /// The condition for rows that the conversion changes: their values do not come back. Nil if there are none.
  var change: String? {
    if let expression { return change(by: expression, misfit: nil) }
    // A value of an enum type is its text, and rows with any other text are refused. The type may not exist yet.
    guard !cast.isExact, !isEnumToText, !isToEnum else { return nil }
    return change(by: "(\(cast.expression(column)))", misfit: misfit)
  }

  /// Returns the condition for rows that a statement changes which converts the column; nil if it changes none.
  ///
  /// - Parameters:
  ///   - using: the expression after `USING`; nil if an assignment converts the values.
  ///   - type: the new type as the statement names it.
  func change(using: String?, type: String) -> String? {
    let isKnown = using.map { $0 == self.using } ?? cast.isAssignment
    if isKnown {
      return cast.isExact ? nil : change(by: "(\(cast.expression(column)))", misfit: misfit)
    }
    return change(by: "((\(using ?? column))::\(type))", misfit: nil)
  }

  private func change(by converted: String, misfit: String?) -> String {
    var branches = ["WHEN \(column) IS NULL THEN false"]
    if let misfit { branches.append("WHEN \(misfit) THEN false") }
    guard reverse.isChecked else {
      // Of a type that is not known here, only the text can be compared.
      return "CASE \(branches.joined(separator: " ")) ELSE \(converted)::text IS DISTINCT FROM \(column)::text END"
    }
    if let invalid = reverse.invalid(converted) { branches.append("WHEN \(invalid) THEN true") }
    return "CASE \(branches.joined(separator: " ")) ELSE \(isDifferent(reverse.expression(converted), column)) END"
  }

  /// Returns an expression for the value that the converted column had before, as text; nil where that does not exist.
  var formerText: String {
    guard reverse.isChecked else { return "\(column)::text" }
    let text = "(\(reverse.expression(column)))::text"
    return reverse.invalid(column).map { "CASE WHEN \($0) THEN NULL ELSE \(text) END" } ?? text
  }

  private func isDifferent(_ left: String, _ right: String) -> String {
    let text = "(\(left))::text IS DISTINCT FROM (\(right))::text"
    guard !old.isArray else { return text }
    switch old.kind {
    case .json where old.name == "json":
      // White space between the parts of a JSON value means nothing.
      let pattern = #"("([^"\\]|\\.)*")|[[:space:]]+"#
      func compact(_ value: String) -> String { "regexp_replace((\(value))::text, '\(pattern)', '\\1', 'g')" }
      return "\(compact(left)) IS DISTINCT FROM \(compact(right))"
    case .integer, .exact, .boolean, .uuid, .binary, .day, .clock, .local, .moment:
      return "(\(left)) IS DISTINCT FROM \(right)"
    // Equality ignores the sign of zero, the units of an interval, the blanks of a padded text and letter case.
    default: return text
    }
  }
}
