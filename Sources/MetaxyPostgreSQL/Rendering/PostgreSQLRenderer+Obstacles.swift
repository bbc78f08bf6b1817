internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

// Unmanaged objects that an operation cannot be done beside.
extension PostgreSQLRenderer {
  /// Returns the statements that drop the dependent objects before an operation, and those that restore them after it.
  ///
  /// No other session sees the tables in between, because each of the statements locks its table until the commit.
  /// - Parameter obstacle: returns why the operation makes it impossible to restore an object.
  /// - Throws: `objects_in_the_way` and the like, for objects that cannot be restored.
  func setAside(
    for operation: any OperationPayload, obstacle: (UnmanagedObject) -> String? = { _ in nil },
    where isDependent: (UnmanagedObject) -> Bool
  ) throws(MetaxyError) -> (before: [StagedStatement], after: [StagedStatement], notes: [String]) {
    let objects = dependentObjects.map { object in
      var object = object
      if object.obstacle == nil { object.obstacle = obstacle(object) }
      return object
    }
    let dependents = UnmanagedDependents(among: objects, where: isDependent)
    let notes = try obstacleNotes(dependents.obstacles, operation)
    let before = dependents.restorable.reversed().compactMap { object in
      removal(of: object).map { sql in
        StagedStatement(sql, notes: ["the \(object) depends on \(operation.subject) and is restored"])
      }
    }
    return (before, dependents.restorable.flatMap(restoration).map { StagedStatement($0) }, notes)
  }

  /// Returns the notes on objects that an operation cannot be done beside, because what they need goes.
  ///
  /// - Throws: `objects_in_the_way` and the like, unless they become notes.
  func refuse(
    for operation: any OperationPayload, where isDependent: (UnmanagedObject) -> Bool
  ) throws(MetaxyError) -> [String] {
    let objects = dependentObjects.filter(isDependent).map { object in
      var object = object
      if object.obstacle == nil { object.obstacle = "it needs what is dropped" }
      return object
    }
    return try obstacleNotes(objects, operation)
  }

  private func obstacleNotes(
    _ objects: [UnmanagedObject], _ operation: any OperationPayload
  ) throws(MetaxyError) -> [String] {
    guard !objects.isEmpty else { return [] }
    guard notesObstacles else { throw .dependentObjects(objects, operation) }
    return objects.map { object in
      "fails while the \(object) exists: drop it before, and create it again after"
    }
  }

  /// A partitioned table's change reaches the partitions, and the objects that depend on those.
  func withParts(_ table: TableName) -> Set<TableName> {
    Set([table] + state.tables.keys.filter { state.wholes(of: $0).contains(table) })
  }

  /// Returns whether an object needs one of the columns, and prevents PostgreSQL from changing their type.
  func blocksType(_ object: UnmanagedObject, of columns: Set<String>, in tables: Set<TableName>) -> Bool {
    // PostgreSQL itself rebuilds statistics objects and foreign keys, and keeps rights.
    ![.statistics, .columnRights, .foreignKey].contains(object.kind)
      && tables.contains { object.uses(columns, of: $0) }
  }

  /// Restores the targets of statistics objects, which PostgreSQL before version 17 forgets when it rebuilds them.
  func statisticsTargets(on columns: Set<String>, of tables: Set<TableName>) -> [StagedStatement] {
    live.unmanaged.filter { object in
      object.kind == .statistics && tables.contains { object.uses(columns, of: $0) }
    }.compactMap(stateChange).map { StagedStatement($0) }
  }

  /// Restores what was dropped with tables and columns that exist again.
  func restoration(of lost: [UnmanagedObject]) -> [StagedStatement] {
    lost.filter { object in
      object.uses.allSatisfy { use in
        switch use {
        case .relation(let name): exists(name)
        case .column(let column, let name): state[name].map { $0.column(column) != nil } ?? exists(name)
        case .constraint(_, let name): exists(name)
        case .type(let name): state.enums[name] != nil
        }
      }
    }.flatMap(restoration).map { StagedStatement($0) }
  }

  private func exists(_ relation: TableName) -> Bool {
    state[relation] != nil || state.sequences[relation] != nil
      || live.unmanaged.contains { $0.isView && $0.name == relation } || !plan.changes(relation)
  }
}
