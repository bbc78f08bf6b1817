internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// Settings of tables, storage of columns, and states of constraints.
extension PostgreSQLRenderer {
  /// Returns the statements that give a new table its settings.
  func settings(of table: Table) -> [StagedStatement] {
    ChangeTableSettings.Aspect.allCases.filter { $0 != .inheritance }.flatMap { aspect in
      render(ChangeTableSettings(table: table.name, aspect: aspect, from: TableSettings(), to: table.settings))
    }
  }

  func render(_ operation: ChangeTableSettings) -> [StagedStatement] {
    let (old, new) = (operation.old, operation.new)
    let stage: PostgreSQLStage =
      operation.index.map { plan.makesIndex($0, of: operation.table) && isOnline(operation.table) } == true
      ? .attach : .main
    switch operation.aspect {
    case .inheritance: return changeInheritance(operation)
    case .rowSecurity:
      var actions: [String] = []
      if old.rowSecurity.isEnabled != new.rowSecurity.isEnabled {
        actions.append("\(new.rowSecurity.isEnabled ? "ENABLE" : "DISABLE") ROW LEVEL SECURITY")
      }
      if old.rowSecurity.isForced != new.rowSecurity.isForced {
        actions.append("\(new.rowSecurity.isForced ? "" : "NO ")FORCE ROW LEVEL SECURITY")
      }
      return actions.map { StagedStatement(alter(operation.table, $0)) }
    case .replicaIdentity:
      guard old.replicaIdentity != new.replicaIdentity || operation.index != nil else { return [] }
      return [StagedStatement(alter(operation.table, "REPLICA IDENTITY \(text(of: new.replicaIdentity))"), stage)]
    case .clustering:
      if let index = operation.index {
        return [StagedStatement(alter(operation.table, "CLUSTER ON \(dialect.quoted(index))"), stage)]
      }
      return old.clusteredIndex == nil ? [] : [StagedStatement(alter(operation.table, "SET WITHOUT CLUSTER"))]
    }
  }

  private func text(of identity: ReplicaIdentity) -> String {
    switch identity {
    case .primaryKey: "DEFAULT"
    case .nothing: "NOTHING"
    case .full: "FULL"
    case .index(let name): "USING INDEX \(dialect.quoted(name))"
    }
  }

  /// Returns the statements that give a new column its storage.
  ///
  /// - Parameter parent: the column of a parent from which it takes its strategy and compression.
  func storage(of column: Column, in table: TableName, like parent: Column? = nil) -> [StagedStatement] {
    var inherited = parent?.storage ?? ColumnStorage()
    (inherited.statistics, inherited.options) = (nil, [:])
    return changes(from: inherited, to: column.storage, of: column.name, in: table)
  }

  func changeStorage(_ operation: ChangeColumn) -> [StagedStatement] {
    let (table, new) = (operation.table, operation.new)
    var old = operation.old.storage
    // A change of the type has set these to the defaults.
    if plan.change(.type, of: new.name, in: table) != nil { (old.strategy, old.compression) = (nil, nil) }
    return changes(from: old, to: new.storage, of: new.name, in: table)
  }

  /// Partitions and children have a storage of their own, which `ONLY` leaves alone.
  private func changes(
    from old: ColumnStorage, to new: ColumnStorage, of column: String, in table: TableName
  ) -> [StagedStatement] {
    var actions: [String] = []
    if old.strategy != new.strategy {
      actions.append(
        "SET STORAGE \((new.strategy ?? new.usualStrategy ?? old.usualStrategy ?? "default").uppercased())")
    }
    if old.compression != new.compression { actions.append("SET COMPRESSION \(new.compression ?? "default")") }
    if old.statistics != new.statistics { actions.append("SET STATISTICS \(new.statistics ?? -1)") }
    if old.options != new.options {
      let gone = old.options.names.filter { new.options[$0] == nil }
      if !new.options.isEmpty { actions.append("SET (\(new.options.text))") }
      if !gone.isEmpty { actions.append("RESET (\(gone.joined(separator: ", ")))") }
    }
    return actions.map {
      StagedStatement("ALTER TABLE ONLY \(writer.name(table)) ALTER COLUMN \(dialect.quoted(column)) \($0)")
    }
  }

  func render(_ operation: ChangeConstraint) -> [StagedStatement] {
    let table = operation.table
    let (old, new) = (operation.old.named(in: table), operation.new.named(in: table))
    let name = new.name?.text ?? ""
    let storage = changes(from: old.storage, to: new.storage, ofIndex: self.name(name, beside: table))
    if old.isValidated == new.isValidated { return storage }
    return storage + (new.isValidated ? validation(of: new, in: table) : invalidation(of: new, in: table))
  }

  private func changes(
    from old: StorageParameters, to new: StorageParameters, ofIndex name: String
  ) -> [StagedStatement] {
    let gone = old.names.filter { new[$0] == nil }
    return (new.isEmpty || old == new ? [] : [StagedStatement("ALTER INDEX \(name) SET (\(new.text))")])
      + (gone.isEmpty ? [] : [StagedStatement("ALTER INDEX \(name) RESET (\(gone.joined(separator: ", ")))")])
  }

  /// No statement makes a constraint one that holds only for new rows: it is added again, which takes no time.
  private func invalidation(of constraint: Constraint, in table: TableName) -> [StagedStatement] {
    [
      StagedStatement(alter(table, "DROP CONSTRAINT \(dialect.quoted(constraint.name?.text ?? ""))")),
      StagedStatement(alter(table, "ADD \(writer.clause(constraint)) NOT VALID")),
    ] + comments(of: constraint, in: table)
  }
}
