internal import MetaxyFeatures
internal import MetaxySQLiteDriver
internal import MetaxySchema

/// The conversion of a column's values in a rebuild, and the rows that it cannot convert or changes.
///
/// The conversion and its reverse come from one table, ``SQLiteCast``: a row is kept exactly if the reverse of its
/// converted value is the value that it had.
struct SQLiteConversion {
  private let column: String
  private let isSame: Bool
  private let cast: SQLiteCast
  private let reverse: SQLiteCast
  /// An expression that takes the place of the conversion.
  private let expression: String?
  private let form: SQLiteStoredForm
  /// The type that a STRICT table, which refuses other values, gets; nil if the column does not change for it.
  private let strictType: ColumnType?

  /// - Parameter expression: an expression that takes the place of the conversion; nil for that of the types.
  init(
    of column: String, from old: Column, in oldOptions: [TableOption], to new: Column, in newOptions: [TableOption],
    isSameType: Bool, by expression: String? = nil
  ) {
    self.column = column
    let (wasStrict, isStrict) = (oldOptions.contains(.strict), newOptions.contains(.strict))
    let former = SQLiteStoredForm(old.type, isWide: old.isWide, isStrict: wasStrict)
    let form = SQLiteStoredForm(new.type, isWide: new.isWide, isStrict: isStrict)
    // The same name means other values only where ANY gains or loses its affinity.
    isSame = isSameType && (former == .any) == (form == .any)
    cast = SQLiteCast(old: former, new: form, hasAffinity: !isStrict)
    reverse = SQLiteCast(old: form, new: former, hasAffinity: !wasStrict)
    strictType = isStrict && (!isSameType || !wasStrict) ? new.type : nil
    self.expression = isSameType ? nil : expression.map { "(\($0))" }
    self.form = form
  }

  /// Whether the copy keeps the values as they are.
  var keepsValues: Bool { expression == nil && (isSame || cast.old.isSameKind(as: cast.new)) }

  /// The source of the copy.
  var source: String { expression ?? (keepsValues ? column : cast.source(column)) }

  /// The condition for values that do not fit the new column; nil if every value does.
  var misfit: String? {
    var conditions = isSame ? [] : [expression.map(misfit) ?? cast.invalid(column)]
    if let strictType {
      conditions.append(Self.misfit(converted, toStrict: strictType))
    }
    let texts = conditions.compactMap(\.self)
    return texts.count == 2 ? "(\(texts[0])) OR (\(texts[1]))" : texts.first
  }

  private var converted: String { expression ?? (keepsValues ? column : cast.expression(column)) }

  private func misfit(_ value: String) -> String? { SQLiteFormCondition(value, from: .any).misfit(form) }

  /// The condition for values that the conversion changes; nil if there are none.
  var change: String? {
    guard !keepsValues, cast.new != .any || expression != nil else { return nil }
    let value = "\"_metaxy_value\""
    let back = reverse.expression(value)
    // Without an affinity, a text and a number are never equal.
    var isDifferent = "+(\(back)) IS NOT +\(column)"
    if cast.old == .any || cast.old == .anyNumber { isDifferent += " OR typeof(\(back)) <> typeof(\(column))" }
    let branches = reverse.invalid(value).map { "WHEN \($0) THEN 1 " } ?? ""
    let test =
      "(SELECT CASE \(branches)WHEN \(isDifferent) THEN 1 ELSE 0 END"
      + " FROM (SELECT +(\(converted)) AS \(value)))"
    let misfit = misfit.map { " WHEN \($0) THEN 0" } ?? ""
    return "CASE WHEN \(column) IS NULL THEN 0\(misfit) ELSE \(test) END"
  }

  /// Returns the condition under which a `STRICT` table refuses a value; nil if it accepts every value.
  /// https://sqlite.org/stricttables.html
  private static func misfit(_ value: String, toStrict type: ColumnType) -> String? {
    let form: SQLiteStoredForm
    // A type that STRICT does not allow is refused when the table is created.
    switch (try? SQLiteTypes.strictName(of: type))?.uppercased() {
    case "INT", "INTEGER": form = .integer(nil)
    case "REAL": form = .real
    case "TEXT": return "typeof(\(value)) = 'blob'"
    case "BLOB": return "typeof(\(value)) NOT IN ('blob', 'null')"
    default: return nil
    }
    return SQLiteFormCondition(value, from: .any).misfit(form)
  }
}
