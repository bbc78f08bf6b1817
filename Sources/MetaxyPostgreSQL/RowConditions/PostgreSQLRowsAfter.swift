internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

/// The rows of a table as a revision leaves them, as a query on the table before it: new columns have the values that
/// existing rows get, changed ones their new values.
struct PostgreSQLRowsAfter {
  let renderer: PostgreSQLRenderer
  let table: TableName
  /// Whether rows of children count, too.
  var includesChildren = true

  private var dialect: PostgreSQLDialect { renderer.dialect }

  /// Returns the text after `FROM`, with the alias `"t"`; nil if the values of one of the columns are not known before.
  ///
  /// - Parameter columns: the columns that a condition names. Other names are ignored.
  func source(_ columns: Set<String>) -> String? {
    let isOnly = !includesChildren && renderer.hasChildren(table)
    let rows = renderer.plan.formerNames.source(of: table, isOnly: isOnly)
    guard let definition = renderer.state[table] else { return nil }
    let named = definition.columns.filter { columns.contains($0.name) }
    // An expression can name no column that is known here, such as the whole row.
    guard named.contains(where: { !isKept($0) }) || named.isEmpty else { return rows }
    guard !named.isEmpty else { return definition.columns.allSatisfy(isKept) ? rows : nil }
    var values: [String] = []
    for column in named {
      guard let value = value(of: column) else { return nil }
      values.append("\(value) AS \(dialect.quoted(column.name))")
    }
    return "(SELECT \(values.joined(separator: ", ")) FROM \(rows)) AS \"t\""
  }

  private func isKept(_ column: Column) -> Bool {
    !hasChangedType(column) && change(column.name, .type) == nil && change(column.name, .nullable) == nil
      && change(column.name, .computed) == nil && addition(of: column.name) == nil
  }

  /// Whether the enum type of a column gets or loses values, which are compared as text then.
  private func hasChangedType(_ column: Column) -> Bool {
    let name = PostgreSQLTypeShape(column.type).name
    return renderer.plan.changedTypes.contains { PostgreSQLTypes.canonicalName(of: $0.name) == name }
  }

  /// Returns a column that the revision adds; nil for any other.
  func addition(of column: String) -> Column? {
    for case .addColumn(let addition) in renderer.plan.operations(on: table)
    where addition.column.name == column {
      return addition.column
    }
    return nil
  }

  /// Whether a column is new, and NULL in all existing rows.
  func isNewAndNull(_ column: String) -> Bool {
    guard let column = addition(of: column) else { return false }
    return column.defaultValue == nil && column.backfill?.value == nil && column.identity == nil
      && column.generated == nil
      && !renderer.isSerial(column)
  }

  private func change(_ column: String, _ aspect: ChangeColumn.Aspect) -> ChangeColumn? {
    renderer.plan.change(aspect, of: column, in: table)
  }

  private func value(of column: Column) -> String? {
    if let addition = addition(of: column.name) { return valueOfExistingRows(addition) }
    if let change = change(column.name, .computed) { return computed(change.new) }
    let name = dialect.quoted(column.name)
    var value = name
    if let change = change(column.name, .type) {
      let conversion = renderer.conversion(change)
      guard !conversion.canFailUnseen else { return nil }
      // Values that do not fit are counted by themselves.
      let converted =
        hasChangedType(change.new)
        ? "\(name)::text" : conversion.using ?? "\(name)::\(PostgreSQLTypes.name(of: change.new.type))"
      value = conversion.misfit.map { "CASE WHEN \($0) THEN NULL ELSE \(converted) END" } ?? converted
    }
    if hasChangedType(column), change(column.name, .type) == nil {
      value += PostgreSQLTypeShape(column.type).isArray ? "::text[]" : "::text"
    }
    if let change = change(column.name, .nullable), !change.new.isNullable,
      let replacement = renderer.replacement(of: change.new).map(dialect.text)
    {
      let type = hasChangedType(change.new) ? "text" : PostgreSQLTypes.name(of: change.new.type)
      value =
        "coalesce(\(value), (\(renderer.countable(SQLExpression(replacement)) ?? replacement))::\(type))"
    }
    return value
  }

  /// Returns the value that the formula of a column has in an existing row; nil if it names columns that change.
  func computed(_ column: Column) -> String? {
    guard let formula = column.generated?.expression, let definition = renderer.state[table] else { return nil }
    let names = formula.names
    let named = definition.columns.filter { names.contains($0.name) && $0.name != column.name }
    guard named.allSatisfy({ isKept($0) && $0.generated == nil }) else { return nil }
    return "(\(formula.text(for: dialect.name)))::\(PostgreSQLTypes.name(of: column.type))"
  }

  /// Returns the value that existing rows get in a new column; nil for one that is numbered.
  private func valueOfExistingRows(_ column: Column) -> String? {
    let type = hasChangedType(column) ? "text" : PostgreSQLTypes.name(of: column.type)
    guard column.generated == nil else { return computed(column) }
    guard column.identity == nil, !renderer.isSerial(column) else { return nil }
    let value = column.addedValue(hasDefault: column.defaultValue != nil) ?? column.defaultValue
    guard let value else { return "NULL::\(type)" }
    return renderer.countable(SQLExpression(dialect.text(of: value))).map { "(\($0))::\(type)" }
  }
}
