internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

// Identity and serial columns.
extension PostgreSQLRenderer {
  /// Returns a column's definition with statements before and after it: `SERIAL` if its options are the defaults,
  /// otherwise the sequence and the default that it stands for.
  /// https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL
  func numbered(
    _ column: Column, in table: TableName
  ) -> (before: [StagedStatement], column: Column, after: [StagedStatement]) {
    guard let identity = column.identity, identity.kind == .serial else { return ([], column, []) }
    var plain = column
    plain.identity = nil
    plain.defaultValue = nil
    let sequence = sequence(of: column.name, identity, in: table)
    if identity.options == SequenceOptions(), sequence == SequenceName.usual(of: column.name, in: table),
      !column.isNullable, let word = PostgreSQLTypes.serialName(of: column.type)
    {
      plain.type = .raw(word)
      return ([], plain, [])
    }
    plain.defaultValue = nextNumber(of: sequence)
    let owner = SequenceDefinition.Owner(table: table, column: column.name)
    return (
      [StagedStatement(createSequence(sequence, column.type, identity.options))], plain,
      [ownership(of: sequence, owner)]
    )
  }

  func sequence(of column: String, _ identity: Identity, in table: TableName) -> TableName {
    identity.sequence ?? SequenceName.usual(of: column, in: table)
  }

  private func nextNumber(of sequence: TableName) -> ColumnDefault {
    .expression(SQLExpression("nextval(\(text(writer.name(sequence)))::regclass)"))
  }

  func changeNumbering(_ operation: ChangeColumn) -> [StagedStatement] {
    switch (operation.old.identity, operation.new.identity) {
    case (nil, nil): return []
    case (let old?, nil): return removal(of: old, operation)
    case (nil, let new?): return addition(of: new, operation)
    case (let old?, let new?):
      guard (old.kind == .serial) == (new.kind == .serial) else {
        return exchange(of: old, for: new, operation)
      }
      return old.kind == .serial
        ? changeSerial(from: old, to: new, operation) : changeIdentity(from: old, to: new, operation)
    }
  }

  private func removal(of identity: Identity, _ operation: ChangeColumn) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new.name)
    guard identity.kind == .serial else { return [StagedStatement(alter(table, column: column, "DROP IDENTITY"))] }
    let sequence = writer.name(sequence(of: column, identity, in: table))
    return [
      setDefault(nil, of: column, in: table), StagedStatement("DROP SEQUENCE \(sequence)"),
    ]
  }

  /// Replaces a serial column's sequence by an identity's, or the reverse. The new one continues at the position of the
  /// old one, which may be beyond the highest number of the rows.
  private func exchange(of old: Identity, for new: Identity, _ operation: ChangeColumn) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let former = writer.name(sequence(of: operation.old.name, old, in: table))
    let position = "current_setting('metaxy.position')"
    return [
      StagedStatement(
        "SELECT set_config('metaxy.position', last_value || ',' || is_called, true) FROM \(former)")
    ] + removal(of: old, operation) + addition(of: new, operation, continuing: false) + [
      StagedStatement(
        "SELECT setval(\(ownedSequence(of: column, table)), split_part(\(position), ',', 1)::bigint,"
          + " split_part(\(position), ',', 2)::boolean)")
    ]
  }

  private func addition(
    of identity: Identity, _ operation: ChangeColumn, continuing: Bool = true
  ) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let continuation: (PostgreSQLStage) -> [StagedStatement] = { stage in
      continuing ? self.continuation(column, identity, table, stage) : []
    }
    guard identity.kind == .serial else {
      // An identity column must be NOT NULL; if that is set later, so is the identity.
      let waits = plan.change(.nullable, of: column.name, in: table)?.new.isNullable == false && isOnline(table)
      let stage = waits ? PostgreSQLStage.attach : .main
      return [StagedStatement(alter(table, column: column.name, "ADD \(dialect.text(of: identity))"), stage)]
        + continuation(stage)
    }
    let sequence = sequence(of: column.name, identity, in: table)
    let owner = SequenceDefinition.Owner(table: table, column: column.name)
    return [
      StagedStatement(createSequence(sequence, column.type, identity.options)),
      setDefault(nextNumber(of: sequence), of: column.name, in: table), ownership(of: sequence, owner),
    ] + continuation(.main)
  }

  /// The sequence of a serial or identity column, as an expression.
  private func ownedSequence(of column: Column, _ table: TableName) -> String {
    "pg_get_serial_sequence(\(text(writer.name(table))), \(text(column.name)))"
  }

  /// Sets the sequence to continue after the highest existing number.
  private func continuation(
    _ column: Column, _ identity: Identity, _ table: TableName, _ stage: PostgreSQLStage
  ) -> [StagedStatement] {
    guard plan.mayHoldRows(table) else { return [] }
    let increment = identity.options.increment ?? 1
    let name = dialect.quoted(column.name)
    let farthest = increment > 0 ? "max(\(name))" : "min(\(name))"
    return [
      StagedStatement(
        "SELECT setval(\(ownedSequence(of: column, table)), \(farthest)) FROM \(writer.name(table))"
          + " HAVING \(farthest) IS NOT NULL", stage)
    ]
  }

  private func changeSerial(
    from old: Identity, to new: Identity, _ operation: ChangeColumn
  ) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let formerName = sequence(of: column.name, old, in: table)
    let name = sequence(of: column.name, new, in: table)
    let types = [old, new].map { sequenceType(of: column.type, $0.options) }
    let type = types[0] == types[1] ? [] : ["AS \(PostgreSQLTypes.name(of: types[1]))"]
    let change = changes(
      of: writer.name(name), SequenceChange(from: old.options, to: new.options, of: types[1]), type
    ) { "ALTER SEQUENCE \(writer.name(name)) \($0.joined(separator: " "))" }
    let rename =
      formerName.name == name.name
      ? [] : ["ALTER SEQUENCE \(writer.name(formerName)) RENAME TO \(dialect.quoted(name.name))"]
    return rename.map { StagedStatement($0) } + change
  }

  /// Returns the statements that change a sequence: one that has not reached its new bounds continues at their first number.
  ///
  /// - Parameters:
  ///   - sequence: the name as SQL.
  ///   - further: words before those of the change.
  func changes(
    of sequence: String, _ change: SequenceChange, _ further: [String], alter: ([String]) -> String
  ) -> [StagedStatement] {
    let words = further + change.words
    guard !words.isEmpty else { return [] }
    var statements: [StagedStatement] = []
    if let first = change.first {
      if let grown = change.grown { statements.append(StagedStatement(alter([grown]))) }
      statements.append(
        StagedStatement(
          "SELECT setval(\(text(sequence)), \(first), false) FROM \(sequence) WHERE last_value \(change.isDescending ? ">" : "<") \(first)"
        ))
    }
    let conditions = change.last.map { last in
      RowCondition(
        message: "the sequence \(sequence) has passed \(last)",
        count: "(SELECT count(*) FROM \(sequence) WHERE last_value \(change.isDescending ? "<" : ">") \(last))")
    }
    statements.append(
      StagedStatement(RenderedStatement(alter(words), preconditions: conditions.map { [$0] } ?? [])))
    return statements
  }

  private func changeIdentity(
    from old: Identity, to new: Identity, _ operation: ChangeColumn
  ) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let kind = new.kind == .always ? "ALWAYS" : "BY DEFAULT"
    let generation = old.kind == new.kind ? [] : ["GENERATED \(kind)"]
    let formerName = sequence(of: column.name, old, in: table)
    let name = sequence(of: column.name, new, in: table)
    let change = changes(
      of: writer.name(formerName), SequenceChange(from: old.options, to: new.options, of: column.type), generation
    ) { words in
      alter(table, column: column.name, words.map { $0 == "RESTART" ? $0 : "SET \($0)" }.joined(separator: " "))
    }
    return change
      + (formerName.name == name.name
        ? []
        : [StagedStatement("ALTER SEQUENCE \(writer.name(formerName)) RENAME TO \(dialect.quoted(name.name))")])
  }
}
