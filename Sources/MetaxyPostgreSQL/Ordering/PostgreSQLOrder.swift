internal import MetaxySQL
internal import MetaxySchema
internal import MetaxySorting

/// Sorts operations so that they can run one after another.
///
/// It keeps Alembic's order, except that an operation moves before those that depend on it. Renames at the beginning and at
/// the end stay there, because all other operations use the names between them.
struct PostgreSQLOrder {
  /// The operations without the renames at their end.
  let operations: [MigrationOperation]
  /// The renames at the end, which run after everything else: the other operations use the old names.
  let closingRenames: [MigrationOperation]

  init(_ operations: [MigrationOperation], on live: RenamedSchema) {
    let first = Array(operations.prefix(while: \.isRename))
    let rest = operations.dropFirst(first.count)
    closingRenames = Array(rest.reversed().prefix(while: \.isRename).reversed())
    let after = live.renames.isEmpty ? live.before.applying(first) : live.after
    let start = after.definition
    let own = PartitionInheritance(on: start).withoutInherited(Array(rest.dropLast(closingRenames.count)))
    let complete = ForeignKeyCompletion(own, on: start).operations
    let needs = OperationDependencies(complete, on: start, after.unmanaged).needs
    self.operations = first + DependencySort(needs: needs).order.map { complete[$0] }
  }
}
