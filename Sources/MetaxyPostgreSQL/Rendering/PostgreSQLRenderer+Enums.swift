internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

// Enum types.
extension PostgreSQLRenderer {
  func render(_ operation: CreateEnum) -> [StagedStatement] {
    [StagedStatement(create(operation.type))] + comment(of: operation.type)
  }

  private func create(_ type: EnumType) -> String {
    "CREATE TYPE \(writer.name(type.name)) AS ENUM (\(type.values.map(SQLText.literal).joined(separator: ", ")))"
  }

  private func comment(of type: EnumType) -> [StagedStatement] {
    type.comment.map { [comment(on: "TYPE \(writer.name(type.name))", $0)] } ?? []
  }

  func render(_ operation: DropEnum) throws(MetaxyError) -> [StagedStatement] {
    let notes = try refuse(for: operation) { $0.uses.contains(.type(operation.table)) }
    return [StagedStatement("DROP TYPE \(writer.name(operation.table))", notes: notes)]
  }

  func render(_ operation: RenameEnumValue) -> [StagedStatement] {
    let names = "\(text(operation.value.old)) TO \(text(operation.value.new))"
    return [StagedStatement("ALTER TYPE \(writer.name(operation.table)) RENAME VALUE \(names)")]
  }

  /// Runs before all other statements, so it uses the names that the type and its values had before the revision.
  func render(_ operation: AddEnumValue) -> [StagedStatement] {
    let name = writer.name(plan.formerName(ofType: operation.table))
    let next = operation.new.values.dropFirst().first
    func former(_ value: String) -> String { text(plan.formerValue(value, ofType: operation.table)) }
    let place =
      operation.predecessor.map { " AFTER \(former($0))" } ?? next.map { " BEFORE \(former($0))" } ?? ""
    return [
      StagedStatement("ALTER TYPE \(name) ADD VALUE IF NOT EXISTS \(text(operation.value))\(place)", .enumValues)
    ]
  }

  func render(_ operation: RenameEnum) throws(MetaxyError) -> [StagedStatement] {
    let old = writer.name(operation.table)
    guard operation.table.schema == operation.newName.schema else { throw .moveToUnknownSchema(operation) }
    return [StagedStatement("ALTER TYPE \(old) RENAME TO \(dialect.quoted(operation.newName.name))")]
  }

  /// Replaces the type column by column, because no value can be removed from an enum type.
  /// https://www.postgresql.org/docs/current/datatype-enum.html#DATATYPE-ENUM-IMPLEMENTATION-DETAILS
  func render(_ operation: ChangeEnum) throws(MetaxyError) -> [StagedStatement] {
    let (old, new) = (operation.old, operation.new)
    let formerName = TableName(ObjectNames.temporary(old.name.name), schema: old.name.schema)
    let tables = state.sorted.map { (table: $0, columns: columns(of: $0, having: old.name)) }.filter { table, columns in
      table.partition == nil && (!columns.isEmpty || names(old.name, in: table))
    }
    var before: [StagedStatement] = []
    var changes: [StagedStatement] = []
    var after: [StagedStatement] = []
    let objects = try setAside(for: operation, obstacle: { removedValue(of: operation, in: $0) }) { object in
      object.uses.contains(.type(old.name))
        || state.sorted.contains { table in
          let columns = Set(columns(of: table, having: old.name).map(\.name))
          let generated = generatedColumns(from: columns.union([old.name.name]), of: table.name).map(\.name)
          return blocksType(object, of: columns.union(generated), in: [table.name])
        }
    }
    let targets = tables.flatMap { statisticsTargets(on: Set($0.1.map(\.name)), of: withParts($0.0.name)) }
    for (table, columns) in tables {
      let obstacles = try PostgreSQLDependentObjects(
        to: Set(columns.map(\.name)), of: table.name, renderer: self, replacing: old.name)
      before += obstacles.before
      for column in table.columns where column.generated == nil && !columns.contains(column) {
        guard let value = column.defaultValue, names(old.name, in: value) else { continue }
        before.append(setDefault(nil, of: column.name, in: table.name))
        after.append(setDefault(value, of: column.name, in: table.name))
      }
      for column in columns where column.generated == nil {
        let parts = change(of: column, in: table.name, operation)
        before += parts.before
        changes += parts.change
        after += parts.after
      }
      after += obstacles.after
    }
    return objects.before + before
      + [
        StagedStatement(
          "ALTER TYPE \(writer.name(old.name)) RENAME TO \(dialect.quoted(formerName.name))", notes: objects.notes),
        StagedStatement(create(new)),
      ] + changes + [StagedStatement("DROP TYPE \(writer.name(formerName))")]
      + after + objects.after + targets
      + comment(of: new)
  }

  /// Returns why an object cannot be created again beside a type without some values: its definition has one of them.
  ///
  /// Row policies are managed: a revision that removes the value changes them too.
  private func removedValue(of operation: ChangeEnum, in object: UnmanagedObject) -> String? {
    guard object.kind != .policy else { return nil }
    let gone = operation.old.values.filter { !operation.new.values.contains($0) }
    let value = gone.first { value in object.definition.map { operation.old.hasConstant(value, in: $0) } ?? false }
    return value.map { "its definition has the value `\($0)`, which is removed" }
  }

  /// Returns whether an expression of a table names a type.
  private func names(_ type: TableName, in table: Table) -> Bool {
    table.columns.contains { column in
      column.generated?.expression.names.contains(type.name) == true
        || column.defaultValue.map { names(type, in: $0) } ?? false
    }
      || table.constraints.contains { $0.hasExpressions && $0.namedColumns.contains(type.name) }
      || table.indexes.contains { $0.hasExpressions && $0.namedColumns.contains(type.name) }
  }

  private func names(_ type: TableName, in value: ColumnDefault) -> Bool {
    if case .expression(let expression) = value { expression.names.contains(type.name) } else { false }
  }

  private func columns(of table: Table, having type: TableName) -> [Column] {
    let name = PostgreSQLTypes.canonicalName(of: type)
    return table.columns.filter { PostgreSQLTypeShape($0.type).name == name }
  }

  private func change(
    of column: Column, in table: TableName, _ operation: ChangeEnum
  ) -> (before: [StagedStatement], change: [StagedStatement], after: [StagedStatement]) {
    let name = dialect.quoted(column.name)
    let isArray = PostgreSQLTypeShape(column.type).isArray
    let text = isArray ? "text[]" : "text"
    // A column that changes to another type must not fail because of a removed value.
    let leaves =
      plan.drops(column.name, of: table) || plan.change(.type, of: column.name, in: table)?.new.type != nil
    let action =
      leaves && !operation.onlyRemovesValues
      ? "TYPE \(text) USING \(name)::\(text)"
      : "TYPE \(PostgreSQLTypes.name(of: column.type)) USING \(name)::\(text)::\(PostgreSQLTypes.name(of: column.type))"
    let (notes, conditions) = warnings(column, isArray, table, operation)
    let change = StagedStatement(
      RenderedStatement(alter(table, column: column.name, action), notes: notes, preconditions: conditions))
    guard let value = column.defaultValue else { return ([], [change], []) }
    // A later change sets the default.
    let isSetLater = !operation.onlyRemovesValues && plan.change(.default, of: column.name, in: table) != nil
    return (
      [setDefault(nil, of: column.name, in: table)], [change],
      isSetLater || leaves ? [] : [setDefault(value, of: column.name, in: table)]
    )
  }

  private func warnings(
    _ column: Column, _ isArray: Bool, _ table: TableName, _ operation: ChangeEnum
  ) -> (notes: [String], conditions: [RowCondition]) {
    let gone = operation.old.values.filter { !operation.new.values.contains($0) }
    guard !gone.isEmpty, plan.mayHoldRows(table) else { return ([], []) }
    let list = gone.map { text($0) }.joined(separator: ", ")
    let name = dialect.quoted(column.name)
    let condition = isArray ? "\(name)::text[] && ARRAY[\(list)]" : "\(name)::text IN (\(list))"
    let message = "\(table).\(column.name) holds \(gone.map { "`\($0)`" }.joined(separator: " or "))"
    let remedy =
      "change these rows first, or rename the value with `--rename \(table).\(column.name):\(gone[0])=NEW`"
    return (["fails if \(message)"], conditions(message, condition, table, of: column.name, remedy: remedy))
  }
}

extension Collection<StagedStatement> {
  /// The statements without duplicates.
  var uniqued: [StagedStatement] {
    var seen: Set<String> = []
    return filter { seen.insert($0.statement.sql).inserted }
  }
}
