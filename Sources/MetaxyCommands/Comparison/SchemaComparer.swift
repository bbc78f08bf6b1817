internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The third stage, compare: finds the operations from the live schema to the desired one, without reading files or the
/// database.
struct SchemaComparer {
  private let dialect: any Dialect
  private let context: CommandContext

  init(_ environment: EnvironmentContext) {
    dialect = environment.dialect
    context = environment.session.context
  }

  /// Returns the operations from the live schema to the desired one.
  ///
  /// If revisions are pending, these are the operations that undo drift in the tables that the pending revisions change, and
  /// then the differences that remain after the pending revisions.
  func operations(_ schemas: NormalisedSchemas) -> [MigrationOperation] {
    context.timed(.comparison) { () -> [MigrationOperation] in
      guard let pending = schemas.pending else {
        return dialect.operations(from: schemas.live, to: schemas.desired.schema)
      }
      let left = dialect.operations(from: expected(after: pending.revisions, schemas), to: schemas.desired.schema)
      guard !pending.revisions.isHalfApplied else { return left }
      return dialect.operations(from: RenamedSchema(pending.live), to: pending.recorded) + left
    }
  }

  /// Returns the operations from the live schema to the desired one that the pending revisions contain.
  ///
  /// - Parameter operations: those that they do not contain.
  func explained(_ schemas: NormalisedSchemas, besides operations: [MigrationOperation]) -> [MigrationOperation] {
    let left = Set(operations.map(OperationTarget.init))
    let renamed = dialect.renamed(schemas.live.before, to: schemas.desired)
    return dialect.operations(from: renamed, to: schemas.desired.schema).filter {
      !left.contains(OperationTarget($0))
    }
  }

  /// The live schema as the pending revisions will leave it, after the declared renames.
  private func expected(after pending: PendingRevisions, _ schemas: NormalisedSchemas) -> RenamedSchema {
    var expected = schemas.live.before
    for record in pending.records { record.fold(into: &expected.definition, rules: dialect) }
    let changed = pending.changedTables(dialect)
    expected.invalidIndexes = expected.invalidIndexes.filter { !changed.contains(dialect.folded($0.key)) }
    return dialect.renamed(expected, to: schemas.desired)
  }
}
