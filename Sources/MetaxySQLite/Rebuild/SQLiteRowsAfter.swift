internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQLiteDriver
internal import MetaxySchema

/// The rows of a table as a revision leaves them, as a query on the table before it: new columns have the values that
/// existing rows get, converted ones their new values, and computed ones those of their formulas.
///
/// Rows with values that cannot be converted are left out; they are counted by themselves.
struct SQLiteRowsAfter {
  let dialect: SQLiteDialect
  let old: Table
  let new: Table

  /// Columns with values that differ from those before, in an order in which each can be computed.
  private struct Values {
    var bases: [(name: String, value: String)] = []
    var formulas: [(name: String, value: String)] = []
    /// The conditions under which values cannot be converted.
    var misfits: [String] = []
    /// The columns that hold NULL only in rows that are counted by themselves.
    var unknown: [String] = []

    func contains(_ name: String) -> Bool {
      (bases + formulas).contains { $0.name.folded == name.folded }
    }
  }

  /// The text after `FROM`, and conditions on the rows that no condition need hold for.
  struct Source {
    var rows: String
    var conditions: [String]
  }

  /// Returns the rows with the values that these columns have after the revision; nil if they are not known before.
  func source(_ names: [String]) -> Source? {
    var values = Values()
    for name in names where !collect(name, into: &values, within: []) { return nil }
    let conditions = values.unknown.map { "\(dialect.quoted($0)) IS NOT NULL" }
    guard !values.bases.isEmpty || !values.formulas.isEmpty else {
      return Source(rows: table, conditions: conditions)
    }
    let kept = old.columns.map(\.name).filter { !values.contains($0) }.map(dialect.quoted)
    let bases = values.bases.map { "\($0.value) AS \(dialect.quoted($0.name))" }
    let fits = values.misfits.map { "NOT coalesce((\($0)), 0)" }.joined(separator: " AND ")
    var rows =
      "(SELECT \((kept + bases).joined(separator: ", ")) FROM \(table)\(fits.isEmpty ? "" : " WHERE \(fits)"))"
    // A formula can name the column of another one.
    for formula in values.formulas {
      rows = "(SELECT *, \(formula.value) AS \(dialect.quoted(formula.name)) FROM \(rows))"
    }
    return Source(rows: rows, conditions: conditions)
  }

  private var table: String { dialect.quoted(old.name.name) }

  private func collect(_ name: String, into values: inout Values, within formulas: Set<String>) -> Bool {
    guard !values.contains(name), let column = new.column(name) else { return new.column(name) != nil }
    if keepsValues(of: name) {
      if let filled = filledValue(of: column) {
        values.bases.append((column.name, filled))
      } else if losesNull(name) {
        values.unknown.append(column.name)
      }
      return true
    }
    guard hasBinaryCollation(column) else { return false }
    guard let generated = column.generated else { return collectBase(column, into: &values) }
    guard !formulas.contains(name.folded), let inputs = columns(in: generated.expression) else { return false }
    for input in inputs where !collect(input, into: &values, within: formulas.union([name.folded])) { return false }
    let formula = "(\(generated.expression.text(for: dialect.name)))"
    guard let value = stored(formula, in: column, isNumber: false) else { return false }
    values.formulas.append((column.name, value))
    return true
  }

  private func collectBase(_ column: Column, into values: inout Values) -> Bool {
    guard let former = old.column(column.name) else {
      guard let value = newValue(of: column.name) else { return false }
      values.bases.append((column.name, value))
      return true
    }
    guard former.generated == nil || !new.isRowIDAlias(column) else { return false }
    let conversion = conversion(of: former, to: column)
    var source = conversion.source
    if losesNull(column.name) {
      if let value = replacement(of: column) {
        source = "coalesce(\(source), \(value))"
      } else if hasReplacement(column) {
        return false
      } else {
        values.unknown.append(column.name)
      }
    }
    guard let value = stored(source, in: column, isNumber: isNumber(column)) else { return false }
    values.bases.append((column.name, value))
    if let misfit = conversion.misfit { values.misfits.append(misfit) }
    return true
  }

  // MARK: Values

  /// Returns whether a column has the values that it had, except that NULL may become another one.
  func keepsValues(of name: String) -> Bool {
    guard let former = old.column(name), let column = new.column(name) else { return false }
    guard conversion(of: former, to: column).keepsValues else { return false }
    guard let generated = column.generated else { return true }
    guard let formula = former.generated?.expression, dialect.isSame(formula, generated.expression),
      let names = columns(in: generated.expression)
    else { return false }
    return names.allSatisfy {
      new.column($0)?.generated == nil && !losesNull($0) && keepsValues(of: $0) && keepsCollation(of: $0)
    }
  }

  func keepsCollation(of name: String) -> Bool {
    dialect.isSame(collation: old.column(name)?.collation, new.column(name)?.collation)
  }

  /// Returns whether two different values of a column can become one, or a value another one.
  func changesValues(of name: String) -> Bool {
    guard let former = old.column(name), let column = new.column(name) else { return false }
    if losesNull(name), hasReplacement(column) { return true }
    if keepsValues(of: name) { return false }
    return column.generated != nil || conversion(of: former, to: column).change != nil
  }

  /// Returns whether NULL in a column becomes another value, or is refused.
  func losesNull(_ name: String) -> Bool {
    guard let former = old.column(name), let column = new.column(name) else { return false }
    return former.isNullable && !column.isNullable
  }

  /// Returns the value that all existing rows get in a new column; nil for other columns, and if it is not one value.
  func newValue(of name: String) -> String? {
    guard old.column(name) == nil, let column = new.column(name), column.generated == nil, !new.isRowIDAlias(column)
    else { return nil }
    if let value = column.addedValue(hasDefault: dialect.hasDefault(column)) {
      if case .literal(let literal) = value { return stored(literal: dialect.literal(literal), in: column) }
      return stored(dialect.expression(ofBackfill: value), in: column, isNumber: false)
    }
    guard dialect.hasDefault(column), let value = column.defaultValue else { return "NULL" }
    let text = dialect.text(of: value)
    return dialect.isLiteral(text) ? stored(literal: dialect.expression(of: value), in: column) : nil
  }

  /// Returns the values of a column in which NULL becomes another value; nil for other columns, and if that is not known.
  private func filledValue(of column: Column) -> String? {
    guard losesNull(column.name), column.generated == nil, hasBinaryCollation(column),
      let value = replacement(of: column)
    else { return nil }
    return stored("coalesce(\(dialect.quoted(column.name)), \(value))", in: column, isNumber: false)
  }

  private func hasReplacement(_ column: Column) -> Bool {
    column.generated == nil && (column.defaultValue != nil || column.backfill?.value != nil)
  }

  /// Returns the value that NULL becomes; nil if it is not one value.
  private func replacement(of column: Column) -> String? {
    if let value = column.backfill?.value { return dialect.expression(ofBackfill: value) }
    guard let value = column.defaultValue, dialect.isLiteral(dialect.text(of: value)) else { return nil }
    return dialect.expression(of: value)
  }

  private func conversion(of former: Column, to column: Column) -> SQLiteConversion {
    SQLiteConversion(
      of: dialect.quoted(former.name), from: former, in: old.options, to: column, in: new.options,
      isSameType: dialect.isSame(former.type, column.type, in: new.options),
      by: column.using?.text(for: dialect.name))
  }

  private func hasBinaryCollation(_ column: Column) -> Bool {
    (column.collation ?? "BINARY").uppercased() == "BINARY"
  }

  // MARK: Storage

  /// Returns a value as a column stores it, without the collation of a column that it comes from. It has the affinity of
  /// the column if that cannot change it. https://sqlite.org/datatype3.html#type_affinity
  ///
  /// - Parameter isNumber: whether the value is a number or NULL.
  private func stored(_ value: String, in column: Column, isNumber: Bool) -> String? {
    // A type that STRICT does not allow is refused when the table is created.
    guard let type = try? dialect.typeName(of: column.type, in: new.options) else { return nil }
    let plain = "coalesce(\(value), NULL)"
    if isAny(type) { return plain }
    func number(_ type: String) -> String {
      let cast = "CAST(\(plain) AS \(type))"
      // A text that is a number becomes one.
      return isNumber ? cast : "CASE WHEN \(plain) = CAST(\(plain) AS NUMERIC) THEN \(cast) ELSE \(plain) END"
    }
    return switch SQLiteAffinity(of: .raw(SQLExpression(type))) {
    case .blob: plain
    case .text: "CAST(\(plain) AS TEXT)"
    case .integer, .numeric: number("NUMERIC")
    case .real: number("REAL")
    }
  }

  private func stored(literal: String, in column: Column) -> String? {
    stored(literal, in: column, isNumber: !literal.hasPrefix("'") && !literal.uppercased().hasPrefix("X"))
  }

  /// In a STRICT table, ANY has no affinity. https://sqlite.org/stricttables.html
  private func isAny(_ type: String) -> Bool { new.options.contains(.strict) && type.uppercased() == "ANY" }

  private func isNumber(_ column: Column) -> Bool {
    switch SQLiteStoredForm(column.type, isWide: column.isWide, isStrict: new.options.contains(.strict)) {
    case .integer, .real, .boolean, .numeric: true
    default: false
    }
  }

  /// Returns whether the query gives a column another affinity than it has, which only counts beside a text that is a
  /// number.
  func hasOtherAffinity(_ name: String) -> Bool {
    guard let column = new.column(name), !keepsValues(of: name) || losesNull(name),
      let type = try? dialect.typeName(of: column.type, in: new.options), !isAny(type)
    else { return false }
    return switch SQLiteAffinity(of: .raw(SQLExpression(type))) {
    case .blob, .text: false
    case .integer, .real, .numeric:
      column.generated != nil || old.column(name) == nil || keepsValues(of: name) || !isNumber(column)
    }
  }

  /// Returns the columns that an expression names; nil if it cannot be tokenised, or names the rowid.
  func columns(in expression: SQLExpression) -> [String]? {
    guard let names = try? SQLSource.names(in: expression.text(for: dialect.name)) else { return nil }
    // A query of rows has no rowid.
    guard !["rowid", "oid", "_rowid_"].contains(where: { names.contains($0) && new.column($0) == nil }) else {
      return nil
    }
    return new.columns.map(\.name).filter { names.contains($0.folded) }
  }
}
