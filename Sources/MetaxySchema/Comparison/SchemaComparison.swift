/// Compares schemas: what must be done to the live one so that it becomes the desired one.
///
/// The order is Alembic's: tables that are added, those that others refer to first, each with its indexes; tables that are
/// removed, those that refer to others first; then table by table in the order of their names. Where that cannot run, what
/// is in the way goes first: the foreign keys of other tables to one that is removed, and an index whose name is wanted.
public struct SchemaComparison<Rules: ComparisonRules>: Sendable {
  let rules: Rules

  public init(rules: Rules) { self.rules = rules }

  /// Returns the operations that lead from `live` to `desired`; none when they are the same.
  public func operations(
    from live: Schema, to desired: Schema, renames: Renames = Renames()
  ) -> [any MigrationOperation] {
    let renamed = RenameComparator(rules: rules).operations(in: live, to: desired, renames)
    return renamed.operations + differences(from: renamed.live, to: desired)
  }

  private func differences(from live: Schema, to desired: Schema) -> [any MigrationOperation] {
    let liveByName = Dictionary(live.sorted.map { ($0.name.folded, $0) }) { first, _ in first }
    let desiredNames = Set(desired.sorted.map(\.name.folded))

    let added = desired.sorted.filter { liveByName[$0.name.folded] == nil }
    let removed = live.sorted.filter { !desiredNames.contains($0.name.folded) }
    let kept = desired.sorted.compactMap { table in liveByName[table.name.folded].map { (live: $0, desired: table) } }

    var operations = TableOrder.referencedFirst(added).flatMap(creation)
    var later: [any MigrationOperation] = []
    let removedNames = Set(removed.map(\.name.folded))
    let primaryKeys = Dictionary(
      (desired.sorted + live.sorted).compactMap { table in table.primaryKey.map { (table.name.folded, $0.columns) } }
    ) { first, _ in first }
    for (live, desired) in kept {
      let changes = self.operations(from: live, to: desired, primaryKeys)
      let lettingGo = live.foreignKeys.contains { removedNames.contains($0.table.folded) }
      if lettingGo { operations += changes } else { later += changes }
    }
    operations += TableOrder.referencedFirst(removed).reversed().flatMap(removal)
    return freeingNames(operations + later)
  }

  /// Puts the removal of an index before the creation of another one that takes its name.
  private func freeingNames(_ operations: [any MigrationOperation]) -> [any MigrationOperation] {
    var ordered: [any MigrationOperation] = []
    var created: Set<String> = []
    for operation in operations {
      if let creation = operation as? CreateIndex { created.insert(creation.index.name.text.folded) }
      guard let removal = operation as? DropIndex, created.contains(removal.index.name.text.folded),
        let position = ordered.firstIndex(where: { isCreation($0, of: removal.index.name.text) })
      else {
        ordered.append(operation)
        continue
      }
      ordered.insert(operation, at: position)
    }
    return ordered
  }

  private func isCreation(_ operation: any MigrationOperation, of index: String) -> Bool {
    (operation as? CreateIndex).map { rules.isSame(name: $0.index.name.text, index) } ?? false
  }

  private func creation(of table: Table) -> [any MigrationOperation] {
    [CreateTable(table)] + table.indexes.sorted(by: nameOrder).map { CreateIndex(table: table.name, index: $0) }
  }

  private func removal(of table: Table) -> [any MigrationOperation] {
    table.indexes.sorted(by: nameOrder).map { DropIndex(table: table.name, index: $0) } + [DropTable(table)]
  }

  private func operations(
    from live: Table, to desired: Table, _ primaryKeys: [String: [String]]
  ) -> [any MigrationOperation] {
    let columns = ColumnComparator(rules: rules).differences(from: live, to: desired)
    return optionChanges(from: live, to: desired)
      + columns.added
      + columns.changed
      + PrimaryKeyComparator(rules: rules).operations(from: live, to: desired)
      + UniquenessComparator(rules: rules).operations(from: live, to: desired)
      + CheckComparator(rules: rules).operations(from: live, to: desired)
      + ForeignKeyComparator(rules: rules, primaryKeys: primaryKeys).operations(from: live, to: desired)
      + columns.removed
  }

  private func optionChanges(from live: Table, to desired: Table) -> [any MigrationOperation] {
    let old = live.options.filter(rules.knownOptions.contains)
    let new = desired.options.filter(rules.knownOptions.contains)
    return Set(old) == Set(new) ? [] : [ChangeTableOptions(table: live.name, from: old, to: new)]
  }

  private func nameOrder(_ left: Index, _ right: Index) -> Bool { left.name.text < right.name.text }
}
