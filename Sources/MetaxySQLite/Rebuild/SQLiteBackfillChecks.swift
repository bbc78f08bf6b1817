internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQLiteDriver
internal import MetaxySchema

/// The existing rows for which the declared backfill of a column has no value, or one that does not fit the column.
///
/// Counting them evaluates it for each row, so that an expression with an error is refused before the revision.
struct SQLiteBackfillChecks {
  private let dialect: SQLiteDialect
  private let old: Table
  private let new: Table
  private let column: Column

  init(dialect: SQLiteDialect, from old: Table, to new: Table, of column: Column) {
    self.dialect = dialect
    self.old = old
    self.new = new
    self.column = column
  }

  var conditions: [RowCondition] {
    guard column.generated == nil, let value = column.backfill?.declaredValue else { return [] }
    let former = old.column(column.name)
    // Only NULL is replaced, and only where it is no longer allowed.
    if let former, !former.isNullable || column.isNullable { return [] }
    let text = dialect.expression(ofBackfill: value)
    let isReplaced = former.map { "\(dialect.quoted($0.name)) IS NULL AND " } ?? ""
    // A condition that no row meets evaluates the expression, too.
    var conditions = [
      column.isNullable
        ? condition(
          "the backfill of \(name) has no value", "((\(text)) IS NULL) IS NULL", remedy: "correct the backfill")
        : condition(
          "the backfill of \(name) is NULL", "\(isReplaced)(\(text)) IS NULL",
          remedy: "write a backfill that has a value for these rows, too")
    ]
    let form = SQLiteStoredForm(column.type, isWide: column.isWide, isStrict: new.options.contains(.strict))
    if let misfit = SQLiteFormCondition("(\(text))", from: .any).misfit(form) {
      // A type that STRICT does not allow is refused when the table is created.
      let type = (try? dialect.typeName(of: column.type, in: new.options)) ?? SQLiteTypes.name(of: column.type)
      conditions.append(
        condition(
          "the backfill of \(name) does not fit \(type)", "\(isReplaced)(\(misfit))",
          remedy: "write a backfill of the type of \(column.name)"))
    }
    return conditions
  }

  private var name: String { "\(old.name).\(column.name)" }

  private func condition(_ message: String, _ condition: String, remedy: String) -> RowCondition {
    let table = dialect.quoted(old.name.name)
    return RowCondition(
      message: message, count: "(SELECT count(*) FROM \(table) WHERE \(condition))",
      examples: RowExamples(of: old, showing: [], from: table, where: condition, dialect), remedy: remedy,
      flag: .backfill(name))
  }
}
