internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

// Schemas and sequences.
extension PostgreSQLRenderer {
  func render(_ operation: CreateSchema) -> [StagedStatement] {
    [StagedStatement("CREATE SCHEMA \(dialect.quoted(operation.name))")]
  }

  func render(_ operation: DropSchema) -> [StagedStatement] {
    [StagedStatement("DROP SCHEMA \(dialect.quoted(operation.name))")]
  }

  func render(_ operation: CreateSequence) -> [StagedStatement] {
    let sequence = operation.sequence
    let name = writer.name(sequence.name)
    let owner = sequence.owner.flatMap { plan.createsOwner($0) ? nil : $0 }
    return [
      StagedStatement(
        createSequence(sequence.name, sequence.type, sequence.options, isUnlogged: sequence.isUnlogged))
    ]
      + (owner.map { [ownership(of: sequence.name, $0)] } ?? [])
      + (sequence.comment.map { [comment(on: "SEQUENCE \(name)", $0)] } ?? [])
  }

  func createSequence(
    _ name: TableName, _ type: ColumnType, _ options: SequenceOptions, isUnlogged: Bool = false
  ) -> String {
    let type = sequenceType(of: type, options)
    let isUsual = PostgreSQLTypes.bounds(of: type) == PostgreSQLTypes.bounds(of: .bigint)
    let words = (isUsual ? [] : ["AS \(PostgreSQLTypes.name(of: type))"]) + SequenceText.words(of: options)
    return (["CREATE \(isUnlogged ? "UNLOGGED " : "")SEQUENCE \(writer.name(name))"] + words).joined(separator: " ")
  }

  /// Returns the type of a sequence whose numbers are for a column of `type`: a sequence made before PostgreSQL 10 has the
  /// bounds of a `bigint`, whatever its column has.
  func sequenceType(of type: ColumnType, _ options: SequenceOptions) -> ColumnType {
    guard let bounds = PostgreSQLTypes.bounds(of: type) else { return type }
    let numbers = [options.minimum, options.maximum, options.start].compactMap(\.self)
    return numbers.allSatisfy(bounds.contains) ? type : .bigint
  }

  func ownership(of sequence: TableName, _ owner: SequenceDefinition.Owner?) -> StagedStatement {
    let column = owner.map { "\(writer.name($0.table)).\(dialect.quoted($0.column))" } ?? "NONE"
    return StagedStatement("ALTER SEQUENCE \(writer.name(sequence)) OWNED BY \(column)")
  }

  /// Sequences are created before the columns that own them.
  func sequencesToOwn(_ columns: [String], of table: TableName) -> [StagedStatement] {
    plan.sequences(ownedBy: columns, of: table).map { ownership(of: $0.name, $0.owner) }
  }

  func render(_ operation: DropSequence) throws(MetaxyError) -> [StagedStatement] {
    // It was dropped with its column.
    if let owner = operation.sequence.owner, plan.drops(owner.column, of: owner.table) { return [] }
    let notes = try refuse(for: operation) { $0.uses.contains(.relation(operation.table)) }
    return [StagedStatement("DROP SEQUENCE \(writer.name(operation.table))", notes: notes)]
  }

  func render(_ operation: ChangeSequence) -> [StagedStatement] {
    let (old, new) = (operation.old, operation.new)
    let isSameType = PostgreSQLTypes.canonicalName(of: old.type) == PostgreSQLTypes.canonicalName(of: new.type)
    let type = isSameType ? [] : ["AS \(PostgreSQLTypes.name(of: new.type))"]
    let name = writer.name(operation.table)
    let isOwnedLater = new.owner.map(plan.createsOwner) ?? false
    return changes(of: name, SequenceChange(from: old.options, to: new.options, of: new.type), type) {
      "ALTER SEQUENCE \(name) \($0.joined(separator: " "))"
    }
      + (old.isUnlogged == new.isUnlogged
        ? [] : [StagedStatement("ALTER SEQUENCE \(name) SET \(new.isUnlogged ? "UNLOGGED" : "LOGGED")")])
      + (old.owner == new.owner || isOwnedLater ? [] : [ownership(of: operation.table, new.owner)])
  }
}
