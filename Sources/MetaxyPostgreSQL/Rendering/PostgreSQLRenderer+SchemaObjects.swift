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
    let isUsual = PostgreSQLTypes.bounds(of: type) == PostgreSQLTypes.bounds(of: .bigint)
    let words = (isUsual ? [] : ["AS \(PostgreSQLTypes.name(of: type))"]) + SequenceText.words(of: options)
    return (["CREATE \(isUnlogged ? "UNLOGGED " : "")SEQUENCE \(writer.name(name))"] + words).joined(separator: " ")
  }

  func ownership(of sequence: TableName, _ owner: SequenceDefinition.Owner?) -> StagedStatement {
    let column = owner.map { "\(writer.name($0.table)).\(dialect.quoted($0.column))" } ?? "NONE"
    return StagedStatement("ALTER SEQUENCE \(writer.name(sequence)) OWNED BY \(column)")
  }

  /// Sequences are created before the columns that own them.
  func sequencesToOwn(_ columns: [String], of table: TableName) -> [StagedStatement] {
    plan.sequences(ownedBy: columns, of: table).map { ownership(of: $0.name, $0.owner) }
  }

  func render(_ operation: DropSequence) -> [StagedStatement] {
    // It was dropped with its column.
    if let owner = operation.sequence.owner, plan.drops(owner.column, of: owner.table) { return [] }
    return [StagedStatement("DROP SEQUENCE \(writer.name(operation.table))")]
  }

  func render(_ operation: ChangeSequence) -> [StagedStatement] {
    let (old, new) = (operation.old, operation.new)
    let isSameType = PostgreSQLTypes.canonicalName(of: old.type) == PostgreSQLTypes.canonicalName(of: new.type)
    let words =
      (isSameType ? [] : ["AS \(PostgreSQLTypes.name(of: new.type))"])
      + SequenceText.changes(from: old.options, to: new.options, of: new.type)
    let name = writer.name(operation.table)
    let isOwnedLater = new.owner.map(plan.createsOwner) ?? false
    return (words.isEmpty ? [] : [StagedStatement("ALTER SEQUENCE \(name) \(words.joined(separator: " "))")])
      + (old.isUnlogged == new.isUnlogged
        ? [] : [StagedStatement("ALTER SEQUENCE \(name) SET \(new.isUnlogged ? "UNLOGGED" : "LOGGED")")])
      + (old.owner == new.owner || isOwnedLater ? [] : [ownership(of: operation.table, new.owner)])
  }
}
