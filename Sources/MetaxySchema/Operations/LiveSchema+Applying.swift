internal import MetaxyNames
internal import MetaxySQL

extension LiveSchema {
  /// Returns the schema after `operations`: dependent objects are dropped with their table, and follow a rename.
  ///
  /// - Parameter renaming: rewrites an expression in which a column is renamed. Triggers keep their text: only the engine can
  ///   rewrite them, see ``RenamedSchema``.
  package func applying(
    _ operations: [MigrationOperation],
    renaming: Schema.ExpressionRenaming = { expression, _, _ in expression }
  ) -> LiveSchema {
    var schema = self
    schema.apply(operations, renaming: renaming)
    return schema
  }

  /// Makes the changes of `operations`, without a copy of the schema.
  package mutating func apply(
    _ operations: [MigrationOperation],
    renaming: Schema.ExpressionRenaming = { expression, _, _ in expression }
  ) {
    definition.apply(operations, renaming: renaming)
    for operation in operations { followDependents(operation) }
  }

  private mutating func followDependents(_ operation: MigrationOperation) {
    unmanaged = unmanaged.map { $0.following(operation) }
    lost = lost.map { $0.following(operation) }
    switch operation {
    case .createTable(let creation):
      dependents[creation.table] = DependentObjects(triggers: creation.triggers)
      invalidIndexes[creation.table] = nil
    case .dropTable(let removal):
      lose { $0.relation == removal.table }
      dependents[removal.table] = nil
      invalidIndexes[removal.table] = nil
    case .renameTable(let rename):
      dependents = dependents.moving(rename.table, to: rename.newName)
      invalidIndexes = invalidIndexes.moving(rename.table, to: rename.newName)
    case .dropColumn(let removal):
      lose { object in
        (object.kind == .statistics || object.kind == .columnRights)
          && object.uses([removal.column.name], of: removal.table)
      }
    case .dropPolicy(let removal):
      unmanaged.removeAll {
        $0.kind == .policy && $0.relation == removal.table && $0.name.name == removal.policy.name
      }
    case .dropIndex(let removal): invalidIndexes[removal.table]?.remove(removal.index.name.text)
    case .renameIndex(let rename):
      if invalidIndexes[rename.table]?.remove(rename.old.name.text) != nil {
        invalidIndexes[rename.table]?.insert(rename.new.name.text)
      }
    default: break
    }
  }

  /// Moves the unmanaged objects that the engine drops with a table or column.
  private mutating func lose(_ isLost: (UnmanagedObject) -> Bool) {
    lost += unmanaged.filter(isLost)
    unmanaged.removeAll(where: isLost)
  }
}

extension Dictionary where Key == TableName {
  fileprivate func moving(_ old: TableName, to new: TableName) -> Self {
    Dictionary(map { ($0.folded == old.folded ? new : $0, $1) }) { _, last in last }
  }
}
