internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// Tables as a whole.
extension PostgreSQLRenderer {
  func render(_ operation: CreateTable) throws(MetaxyError) -> [StagedStatement] {
    let table = operation.definition
    let columns = ownColumns(of: table).map { numbered($0, in: table.name) }
    var plain = table
    plain.columns = columns.map(\.column)
    // CREATE TABLE would create them as validated.
    let waiting = table.constraints.filter { !$0.isValidated }
    plain.checks.removeAll { !$0.isValidated }
    plain.foreignKeys.removeAll { !$0.isValidated }
    // CREATE TABLE would make one index for two equal keys, and forget one of the names.
    let repeated = table.repeatedKeys
    plain.uniques.removeAll(where: repeated.contains)
    let creation =
      if let partition = table.partition {
        try createPartition(plain, of: partition)
      } else {
        try createTable(plain)
      }
    let conditions = table.partition.map { self.conditions(ofAttaching: table.name, as: $0) } ?? []
    let statement = RenderedStatement(
      creation, notes: conditions.map { "fails if \($0.message)" }, preconditions: conditions)
    return columns.flatMap(\.before) + [StagedStatement(statement)] + columns.flatMap(\.after)
      + repeated.map { unique in
        StagedStatement(
          alter(table.name, "ADD \(writer.clause(Constraint.unique(unique).named(in: table.name)))"))
      }
      + sequencesToOwn(table.columns.map(\.name), of: table.name)
      + waiting.map { StagedStatement(alter(table.name, "ADD \(writer.clause($0.named(in: table.name))) NOT VALID")) }
      + table.columns.flatMap { ownProperties(of: $0, in: table) }
      + table.columns.flatMap { column in
        storage(
          of: column, in: table.name,
          like: table.partition.flatMap { state[$0.parent]?.column(column.name) }
            ?? inheritedColumn(column.name, of: table))
      }
      + settings(of: table)
      + comments(of: table) + operation.triggers.map { StagedStatement($0.sql) }
  }

  private func createTable(_ table: Table) throws(MetaxyError) -> String {
    try writer.createTable(table, kind: kind(of: table)) + inheriting(table) + partitioning(of: table)
      + storage(of: table)
  }

  /// Writes a partition, which inherits everything from the parent; only the differences are written.
  private func createPartition(_ table: Table, of partition: Partition) throws(MetaxyError) -> String {
    let parent = state[partition.parent]
    var lines = table.columns.compactMap { column -> String? in
      guard let inherited = parent?.column(column.name), column.generated == nil else { return nil }
      var words: [String] = []
      if inherited.isNullable, !column.isNullable { words.append("NOT NULL") }
      if inherited.defaultValue != column.defaultValue, column.identity == nil {
        words.append("DEFAULT \(column.defaultValue.map(dialect.text) ?? "NULL")")
      }
      return words.isEmpty ? nil : ([dialect.quoted(column.name), "WITH OPTIONS"] + words).joined(separator: " ")
    }
    lines += table.constraints.map(writer.clause)
    return "CREATE \(kind(of: table)) \(writer.name(table.name)) PARTITION OF \(writer.name(partition.parent))"
      + (lines.isEmpty ? "" : " (\n  \(lines.joined(separator: ",\n  "))\n)") + " \(partition.bound)"
      + partitioning(of: table) + storage(of: table)
  }

  private func kind(of table: Table) -> String { table.options.contains(.unlogged) ? "UNLOGGED TABLE" : "TABLE" }

  private func partitioning(of table: Table) -> String { table.partitioning.map { " PARTITION BY \($0)" } ?? "" }

  private func storage(of table: Table) -> String {
    table.storage.isEmpty ? "" : " WITH (\(table.storage.text))"
  }

  private func comments(of table: Table) -> [StagedStatement] {
    let columns = table.columns.compactMap { column in
      column.comment.map { comment(on: "COLUMN \(writer.name(table.name)).\(dialect.quoted(column.name))", $0) }
    }
    return (table.comment.map { [comment(on: "TABLE \(writer.name(table.name))", $0)] } ?? []) + columns
      + table.constraints.flatMap { comments(of: $0, in: table.name) }
  }

  func comments(
    of constraint: Constraint, in table: TableName, _ stage: PostgreSQLStage = .main
  ) -> [StagedStatement] {
    guard let text = constraint.comment, let name = constraint.name?.text else { return [] }
    return [comment(on: "CONSTRAINT \(dialect.quoted(name)) ON \(writer.name(table))", text, stage)]
  }

  func comment(on object: String, _ comment: String?, _ stage: PostgreSQLStage = .main) -> StagedStatement {
    StagedStatement("COMMENT ON \(object) IS \(text(comment))", stage)
  }

  func render(_ operation: DropTable) throws(MetaxyError) -> [StagedStatement] {
    // Its own triggers, rules and policies are dropped with it.
    let notes = try refuse(for: operation) { object in
      object.kind != .foreignKey && object.relation != operation.table && object.uses(any: [operation.table])
    }
    let drop = StagedStatement("DROP TABLE \(writer.name(operation.table))", notes: notes)
    guard plan.replaces(operation.table) else { return [drop] }
    // A plain table cannot become a partitioned one, nor the other way round.
    var replaced = drop
    let message = "\(operation.table) has rows, which cannot move to the table that replaces it"
    replaced.statement.notes.insert("fails if \(message)", at: 0)
    replaced.statement.preconditions = [
      RowCondition(
        message: message, count: "(SELECT count(*) FROM \(plan.formerNames.source(of: operation.table)))",
        examples: formerRows(of: operation.table, showing: []),
        remedy: "write the revision by hand: create the new table under another name, and copy the rows")
    ]
    return [replaced]
  }

  func render(_ operation: RenameTable) throws(MetaxyError) -> [StagedStatement] {
    guard operation.table.schema == operation.newName.schema else {
      guard let schema = operation.newName.schema else { throw .moveToUnknownSchema(operation) }
      let move = StagedStatement(alter(operation.table, "SET SCHEMA \(dialect.quoted(schema))"))
      guard operation.table.name != operation.newName.name else { return [move] }
      return try [move] + render(RenameTable(TableName(operation.table.name, schema: schema), to: operation.newName))
    }
    return [StagedStatement(alter(operation.table, "RENAME TO \(dialect.quoted(operation.newName.name))"))]
  }

  /// PostgreSQL has no STRICT and WITHOUT ROWID.
  func render(_ operation: ChangeTableOptions) -> [StagedStatement] {
    let isUnlogged = operation.new.contains(.unlogged)
    guard isUnlogged != operation.old.contains(.unlogged) else { return [] }
    return [StagedStatement(alter(operation.table, isUnlogged ? "SET UNLOGGED" : "SET LOGGED"))]
  }

  func render(_ operation: ChangeStorage) -> [StagedStatement] {
    let set = operation.new.toSet(after: operation.old)
    let reset = operation.old.names.filter { operation.new[$0] == nil }
    return (set.isEmpty ? [] : [StagedStatement(alter(operation.table, "SET (\(set.text))"))])
      + (reset.isEmpty ? [] : [StagedStatement(alter(operation.table, "RESET (\(reset.joined(separator: ", ")))"))])
  }

  func render(_ operation: ChangePartition) -> [StagedStatement] {
    let name = writer.name(operation.table)
    let detachment = operation.old.map { [StagedStatement(alter($0.parent, "DETACH PARTITION \(name)"))] } ?? []
    let attachment = operation.new.map { partition in
      let conditions = self.conditions(ofAttaching: operation.table, as: partition)
      let isNoted = plan.mayHoldRows(operation.table) && conditions.isEmpty
      return [
        StagedStatement(
          RenderedStatement(
            alter(partition.parent, "ATTACH PARTITION \(name) \(partition.bound)"),
            notes: isNoted
              ? ["fails if rows of \(operation.table) are outside \(partition.bound)"]
              : conditions.map { "fails if \($0.message)" },
            preconditions: conditions))
      ]
    }
    return detachment + (attachment ?? [])
  }

  func render(_ operation: ChangeComment) -> [StagedStatement] {
    // An object that the revision creates or rebuilds gets its comment with it.
    guard !plan.makes(operation.subject, of: operation.table) else { return [] }
    let name = writer.name(operation.table)
    let object =
      switch operation.subject {
      case .table: "TABLE \(name)"
      case .constraint(let constraint): "CONSTRAINT \(dialect.quoted(constraint)) ON \(name)"
      case .index(let index): "INDEX \(self.name(index, beside: operation.table))"
      case .type: "TYPE \(name)"
      case .sequence: "SEQUENCE \(name)"
      }
    return [comment(on: object, operation.new)]
  }
}

extension Table {
  /// The unique constraints whose index equals that of the primary key or of an earlier unique constraint.
  fileprivate var repeatedKeys: [UniqueConstraint] {
    let first = primaryKey.map { KeyIndex(columns: $0.columns, includes: $0.includes, deferral: $0.deferral) }
    var indexes = Set([first].compactMap(\.self))
    return uniques.filter { unique in
      !indexes.insert(
        KeyIndex(
          columns: unique.columns, includes: unique.includes, deferral: unique.deferral,
          nullsAreEqual: unique.nullsAreEqual)
      ).inserted
    }
  }
}

private struct KeyIndex: Hashable {
  var columns: [String]
  var includes: [String]
  var deferral: ConstraintDeferral
  var nullsAreEqual = false
}

extension StorageParameters {
  /// Returns the parameters that `SET` must name to change `old` into this.
  ///
  /// PostgreSQL appends new parameters: if the order would differ, all are set.
  fileprivate func toSet(after old: StorageParameters) -> StorageParameters {
    let changed = pairs.filter { old[$0.name] != $0.value }
    let kept = old.names.filter { name in self[name] != nil && !changed.contains { $0.name == name } }
    guard !changed.isEmpty, kept + changed.map(\.name) == names else { return changed.isEmpty ? [:] : self }
    return changed.reduce(into: StorageParameters()) { $0[$1.name] = $1.value }
  }
}
