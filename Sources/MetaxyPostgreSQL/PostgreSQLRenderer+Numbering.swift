internal import MetaxyFeatures
internal import MetaxyRuntime
internal import MetaxySchema

// Columns whose rows PostgreSQL numbers.
extension PostgreSQLRenderer {
  /// A column as its definition spells it, with what is said before and after: `SERIAL` where it is a usual one, else the
  /// sequence and the default that it stands for.
  /// https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL
  func numbered(
    _ column: Column, in table: TableName
  ) -> (before: [StagedStatement], column: Column, after: [StagedStatement]) {
    guard let numbering = column.numbering, numbering.kind == .serial else { return ([], column, []) }
    var plain = column
    plain.numbering = nil
    plain.defaultValue = nil
    let sequence = sequence(of: column.name, numbering, in: table)
    if numbering.options == SequenceOptions(), sequence == SequenceName.usual(of: column.name, in: table),
      !column.isNullable, let word = PostgreSQLTypes.serialName(of: column.type)
    {
      plain.type = .raw(word)
      return ([], plain, [])
    }
    plain.defaultValue = nextNumber(of: sequence)
    let owner = SequenceDefinition.Owner(table: table, column: column.name)
    return (
      [StagedStatement(createSequence(sequence, column.type, numbering.options))], plain,
      [ownership(of: sequence, owner)]
    )
  }

  func sequence(of column: String, _ numbering: Numbering, in table: TableName) -> TableName {
    numbering.sequence ?? SequenceName.usual(of: column, in: table)
  }

  private func nextNumber(of sequence: TableName) -> ColumnDefault {
    .expression(SQLExpression("nextval(\(text(writer.name(sequence)))::regclass)"))
  }

  func changeNumbering(_ operation: ChangeColumn) -> [StagedStatement] {
    switch (operation.old.numbering, operation.new.numbering) {
    case (nil, nil): return []
    case (let old?, nil): return removal(of: old, operation)
    case (nil, let new?): return addition(of: new, operation)
    case (let old?, let new?):
      guard (old.kind == .serial) == (new.kind == .serial) else {
        return removal(of: old, operation) + addition(of: new, operation)
      }
      return old.kind == .serial
        ? changeSerial(from: old, to: new, operation) : changeIdentity(from: old, to: new, operation)
    }
  }

  private func removal(of numbering: Numbering, _ operation: ChangeColumn) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new.name)
    guard numbering.kind == .serial else { return [StagedStatement(alter(table, column: column, "DROP IDENTITY"))] }
    let sequence = writer.name(sequence(of: column, numbering, in: table))
    return [
      setDefault(nil, of: column, in: table), StagedStatement("DROP SEQUENCE \(sequence)"),
    ]
  }

  private func addition(of numbering: Numbering, _ operation: ChangeColumn) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    guard numbering.kind == .serial else {
      // An identity column must not be NULL; where that comes later, so does this.
      let waits = plan.change(.nullable, of: column.name, in: table)?.new.isNullable == false && isOnline(table)
      let stage = waits ? PostgreSQLStage.attach : .main
      return [StagedStatement(alter(table, column: column.name, "ADD \(dialect.text(of: numbering))"), stage)]
        + continuation(column, numbering, table, stage)
    }
    let sequence = sequence(of: column.name, numbering, in: table)
    let owner = SequenceDefinition.Owner(table: table, column: column.name)
    return [
      StagedStatement(createSequence(sequence, column.type, numbering.options)),
      setDefault(nextNumber(of: sequence), of: column.name, in: table), ownership(of: sequence, owner),
    ] + continuation(column, numbering, table, .main)
  }

  /// Lets the numbers go on after those that are given out.
  private func continuation(
    _ column: Column, _ numbering: Numbering, _ table: TableName, _ stage: PostgreSQLStage
  ) -> [StagedStatement] {
    guard plan.mayHoldRows(table) else { return [] }
    let increment = numbering.options.increment ?? 1
    let name = dialect.quoted(column.name)
    let farthest = increment > 0 ? "max(\(name))" : "min(\(name))"
    let sequence = "pg_get_serial_sequence(\(text(writer.name(table))), \(text(column.name)))"
    return [
      StagedStatement(
        "SELECT setval(\(sequence), \(farthest)) FROM \(writer.name(table)) HAVING \(farthest) IS NOT NULL", stage)
    ]
  }

  private func changeSerial(
    from old: Numbering, to new: Numbering, _ operation: ChangeColumn
  ) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let formerName = sequence(of: column.name, old, in: table)
    let name = sequence(of: column.name, new, in: table)
    let changes = SequenceText.changes(from: old.options, to: new.options, of: column.type)
    let rename =
      formerName.name == name.name
      ? [] : ["ALTER SEQUENCE \(writer.name(formerName)) RENAME TO \(dialect.quoted(name.name))"]
    let change = changes.isEmpty ? [] : ["ALTER SEQUENCE \(writer.name(name)) \(changes.joined(separator: " "))"]
    return (rename + change).map { StagedStatement($0) }
  }

  private func changeIdentity(
    from old: Numbering, to new: Numbering, _ operation: ChangeColumn
  ) -> [StagedStatement] {
    let (table, column) = (operation.table, operation.new)
    let kind = new.kind == .always ? "ALWAYS" : "BY DEFAULT"
    let words =
      (old.kind == new.kind ? [] : ["SET GENERATED \(kind)"])
      + SequenceText.changes(from: old.options, to: new.options, of: column.type).map {
        $0 == "RESTART" ? $0 : "SET \($0)"
      }
    let formerName = sequence(of: column.name, old, in: table)
    let name = sequence(of: column.name, new, in: table)
    return (words.isEmpty ? [] : [StagedStatement(alter(table, column: column.name, words.joined(separator: " ")))])
      + (formerName.name == name.name
        ? []
        : [StagedStatement("ALTER SEQUENCE \(writer.name(formerName)) RENAME TO \(dialect.quoted(name.name))")])
  }
}
