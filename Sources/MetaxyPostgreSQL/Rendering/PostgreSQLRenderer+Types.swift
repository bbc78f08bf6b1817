internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

// Types of columns.
extension PostgreSQLRenderer {
  /// Dependent objects of the type are dropped first and restored afterwards: the default, generated columns, views and
  /// other unmanaged objects.
  func changeType(_ operation: ChangeColumn) throws(MetaxyError) -> [StagedStatement] {
    let (table, old, new) = (operation.table, operation.old, operation.new)
    let obstacles = try PostgreSQLDependentObjects(to: [old.name], of: table, renderer: self)
    let columns = Set([old.name] + generatedColumns(from: [old.name], of: table).map(\.name))
    let tables = withParts(table)
    let objects = try setAside(for: operation) { blocksType($0, of: columns, in: tables) }
    let conversion = conversion(operation)
    let hasDefault = state[table]?.column(old.name)?.defaultValue != nil
    let setsAside = hasDefault && !conversion.keepsDefault
    var statements = objects.before + obstacles.before
    // Between the count of the rows that it changes and the conversion, no other session may write.
    if plan.mayHoldRows(table), conversion.change != nil {
      statements.append(.lock(plan.formerNames.name(of: table)))
    }
    if setsAside { statements.append(setDefault(nil, of: new.name, in: table)) }
    statements.append(try change(operation, conversion).noting(objects.notes))
    statements += storageOfType(operation) + sequenceOfType(operation)
    if setsAside, plan.change(.default, of: new.name, in: table) == nil, let value = new.defaultValue {
      statements.append(setDefault(value, of: new.name, in: table))
    }
    return statements + obstacles.after + objects.after + statisticsTargets(on: columns, of: tables)
  }

  /// Returns the conversion of a column's values; one of the collation alone keeps them.
  func conversion(_ operation: ChangeColumn) -> PostgreSQLConversion {
    let (old, new) = (operation.old, operation.new)
    let isTypeChange = operation.aspect == .type
    return PostgreSQLConversion(
      of: dialect.quoted(new.name), from: old.type, to: isTypeChange ? new.type : old.type,
      oldValues: values(of: old.type), values: values(of: new.type),
      by: isTypeChange ? new.using?.text(for: dialect.name) : nil)
  }

  private func change(
    _ operation: ChangeColumn, _ conversion: PostgreSQLConversion
  ) throws(MetaxyError) -> StagedStatement {
    let (table, new) = (operation.table, operation.new)
    let type = operation.aspect == .type ? new.type : operation.old.type
    var action = "TYPE \(PostgreSQLTypes.name(of: type))"
    // Without it, the column gets the collation of its type.
    if let collation = new.collation {
      action += " COLLATE \(dialect.text(ofCollation: collation))"
    } else if operation.aspect == .collation {
      action += " COLLATE \"default\""
    }
    if let using = conversion.using { action += " USING \(using)" }
    let (notes, conditions) = warnings(conversion, operation)
    return StagedStatement(
      RenderedStatement(
        alter(table, column: new.name, action), notes: notes,
        preconditions: conditions + keptRules(operation, conversion)))
  }

  /// Returns the conditions of the keys, unique indexes and checks that stay, over the converted values.
  private func keptRules(_ operation: ChangeColumn, _ conversion: PostgreSQLConversion) -> [RowCondition] {
    let (table, name) = (operation.table, operation.new.name)
    guard operation.aspect == .type, plan.mayHoldRows(table), let definition = state[table] else { return [] }
    func isConverted(_ columns: Set<String>) -> Bool {
      // A rule over several converted columns is counted with the first one.
      let first = definition.columns.first {
        columns.contains($0.name) && plan.change(.type, of: $0.name, in: table) != nil
      }
      return first?.name == name && !columns.contains { plan.drops($0, of: table) }
    }
    let constraints = definition.constraints.filter { constraint in
      let mayFail =
        switch constraint {
        case .primaryKey, .unique: !conversion.isExact
        case .check: conversion.changesKind
        case .foreignKey, .exclusion: false
        }
      return mayFail && isConverted(constraint.namedColumns) && !plan.drops(constraint, of: table)
    }
    let indexes = definition.indexes.filter {
      $0.isUnique && !conversion.isExact && isConverted($0.namedColumns) && !plan.drops($0, of: table)
    }
    return constraints.flatMap { conditions(of: $0, on: table) } + indexes.flatMap { conditions(of: $0, on: table) }
  }

  private func warnings(
    _ conversion: PostgreSQLConversion, _ operation: ChangeColumn
  ) -> (notes: [String], conditions: [RowCondition]) {
    let (table, new) = (operation.table, operation.new)
    guard plan.mayHoldRows(table) else { return ([], []) }
    let type = PostgreSQLTypes.name(of: new.type)
    let misfit = "\(table).\(new.name) holds values that do not fit \(type)"
    let changes = conversion.change.map { condition in
      conditions(
        "\(table).\(new.name) holds values that change as \(type)", condition, table, of: new.name,
        rule: RowCondition.conversionRule)
    }
    let remedy = "change these values with UPDATE so that they fit, or keep the type of \(new.name)"
    let failures = conversion.misfit.map {
      conditions(misfit, $0, table, of: new.name, remedy: remedy, flag: .using("\(table).\(new.name)"))
    }
    return (
      conversion.canFailUnseen || failures != nil ? ["fails if \(misfit)"] : [], (failures ?? []) + (changes ?? [])
    )
  }

  /// Restores what a change of the type, or of the collation, sets to the default.
  private func storageOfType(_ operation: ChangeColumn) -> [StagedStatement] {
    let (table, new) = (operation.table, operation.new)
    guard plan.change(.storage, of: new.name, in: table) == nil, var column = state[table]?.column(new.name) else {
      return []
    }
    column.storage.statistics = nil
    column.storage.options = [:]
    return storage(of: column, in: table)
  }

  /// Changes the type of a serial column's sequence; the sequence of an identity column follows automatically.
  private func sequenceOfType(_ operation: ChangeColumn) -> [StagedStatement] {
    let (table, new) = (operation.table, operation.new)
    guard operation.aspect == .type, let identity = state[table]?.column(new.name)?.identity,
      identity.kind == .serial, PostgreSQLTypes.bounds(of: new.type) != nil
    else { return [] }
    let types = [operation.old.type, new.type].map { sequenceType(of: $0, identity.options) }
    guard PostgreSQLTypes.bounds(of: types[0]) != PostgreSQLTypes.bounds(of: types[1]) else { return [] }
    let name = writer.name(sequence(of: new.name, identity, in: table))
    return [StagedStatement("ALTER SEQUENCE \(name) AS \(PostgreSQLTypes.name(of: types[1]))")]
  }

  /// Returns the values of an enum type; nil for other types.
  func values(of type: ColumnType) -> [String]? {
    let shape = PostgreSQLTypeShape(type)
    guard shape.kind == .other else { return nil }
    let live = state.enums.values.first { PostgreSQLTypes.canonicalName(of: $0.name) == shape.name }
    return live?.values
  }
}

extension PostgreSQLTypes {
  /// Returns the name of a user-defined type, as `format_type` prints it.
  static func canonicalName(of type: TableName) -> String {
    canonicalName(of: .raw(SQLWriter(PostgreSQLDialect()).name(type)))
  }
}
