internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySchema

/// The result of a comparison: `metaxy check` and `metaxy status` report it, `metaxy revision --autogenerate` writes it.
///
/// Three schemas are compared: the live one, the desired one, and the recorded one, which the applied revisions make.
struct SchemaDifferences {
  /// The operations from the live schema to the desired one.
  let operations: [MigrationOperation]
  /// The operations for the other dialects of the project, from their recorded schemas to the desired ones.
  let others: [DialectOperations]
  /// The changes of the database that no revision made: the operations from the recorded schema to the live one.
  let drift: [MigrationOperation]
  /// The changes of the definitions since the last revision: the operations from the recorded schema to the desired one.
  let declared: [MigrationOperation]
  /// The operations from the live schema to the desired one that the pending revisions contain.
  var explained: [MigrationOperation] = []
  /// The indexes of the live tables that no query uses.
  var invalidIndexes: [TableName: Set<String>] = [:]
  let desired: DesiredSchema
  /// The features of the desired schema; nil for Metaxy's own tables.
  let features: FeatureSource?

  /// Whether the next revision has nothing to write.
  var isEmpty: Bool { operations.isEmpty && others.allSatisfy(\.operations.isEmpty) }

  /// The operations for other dialects that the store's dialect does not need.
  var onlyForOthers: [DialectOperations] {
    let own = Set(operations.map(OperationTarget.init))
    return others.map { other in
      DialectOperations(
        dialect: other.dialect, operations: other.operations.filter { !own.contains(OperationTarget($0)) })
    }
  }

  var count: Int { operations.count + onlyForOthers.reduce(0) { $0 + $1.operations.count } }

  /// The targets of the operations that resolve drift, rather than a change of the definitions.
  var resolvingDrift: Set<OperationTarget> {
    Set(drift.map { OperationTarget($0.reversed) }).subtracting(declared.map(OperationTarget.init))
  }

  /// The drift that the definitions agree with, so that no operation resolves it.
  var acceptedDrift: [MigrationOperation] {
    let resolved = Set(operations.map(OperationTarget.init))
    let whole = drift.createdTables.union(drift.droppedTables)
    return drift.filter { operation in
      (operation.createsOrDropsTable || !whole.contains(operation.table))
        && !resolved.contains(OperationTarget(operation.reversed))
    }
  }
}

/// The operations of one dialect.
struct DialectOperations {
  let dialect: any Dialect
  let operations: [MigrationOperation]
}

extension Dialect {
  /// Returns the operations from the schema that revisions record to the desired one.
  func operations(fromRecorded recorded: Schema, to desired: DesiredSchema) -> [MigrationOperation] {
    operations(from: renamed(LiveSchema(recorded), to: desired), to: desired.schema)
  }
}
