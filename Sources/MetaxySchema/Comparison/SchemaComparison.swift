internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySorting

/// Compares schemas: the operations that turn the live schema into the desired one.
///
/// The order is Alembic's: added tables, referenced ones first, each with its indexes; dropped tables, referencing ones
/// first; then table by table in the order of their names. Where that order cannot run, conflicting objects are dropped
/// first: the foreign keys of other tables to a dropped one, and an index whose name is reused.
package struct SchemaComparison<Rules: ComparisonRules>: Sendable {
  let rules: Rules

  package init(rules: Rules) { self.rules = rules }

  /// Returns the operations that lead from `live` to `desired`; none when they are the same.
  package func operations(from live: Schema, to desired: Schema) -> [MigrationOperation] {
    operations(from: RenamedSchema(live), to: desired)
  }

  /// Returns the operations that lead from `live` to `desired`, the renames first.
  package func operations(from live: RenamedSchema, to desired: Schema) -> [MigrationOperation] {
    let desired = rules.supportedSubset(of: desired)
    let outdated = rules.renamesConstraints ? [] : live.outdatedIndexes
    let renamed = live.after.applying(outdated)
    let objects = SchemaObjectsComparator(rules: rules).operations(from: renamed.definition, to: desired)
    let operations = outdated + objects.first + differences(from: renamed, to: desired, live.values) + objects.last
    return live.renames + NameSettlement.settle(operations, from: live, to: desired, rules: rules)
  }

  private func differences(
    from live: LiveSchema, to desired: Schema, _ values: [TableName: [String: [String: String]]]
  ) -> [MigrationOperation] {
    let pairs = TablePairs(from: live.definition, to: desired, rules: rules)
    let comparator = PartitionComparator(rules: rules)
    let partitions = comparator.operations(for: pairs)
    let inheritance = InheritanceComparator().operations(for: pairs)
    let policies = PolicyComparator(rules: rules).operations(for: pairs)
    var operations =
      policies.first + inheritance.first + partitions.first
      + pairs.replaced.flatMap { removal(of: $0.live, from: live) }
      + creations(of: pairs.added)
    var later: [MigrationOperation] = []
    let removed = Set(pairs.removed.map { rules.folded($0.name) })
    let primaryKeys = Dictionary(
      [desired.tables.values, live.definition.tables.values].joined().compactMap { table in
        table.primaryKey.map { (rules.folded(table.name), $0.columns) }
      }
    ) { first, _ in first }
    let compare = { (pair: TablePair) in
      ValueRenames(rules: rules, declared: values).completing(
        changes(of: pair, primaryKeys, live.invalidIndexes[pair.live.name] ?? []), of: pair)
    }
    for pair in comparator.followingWholes(pairs.kept, compare: compare) {
      let changes = compare(pair)
      let lettingGo = pair.live.foreignKeys.contains { removed.contains(rules.folded($0.table)) }
      if lettingGo { operations += changes } else { later += changes }
    }
    operations += removals(of: pairs.removed, from: live)
    return freeingNames(
      NameExchange.resolved(
        operations + later + partitions.last + inheritance.last
          + viewIndexes(from: live, to: desired) + policies.last))
  }

  /// The changes of the indexes of materialized views that are in both.
  private func viewIndexes(from live: LiveSchema, to desired: Schema) -> [MigrationOperation] {
    desired.materializedViews.values.sorted { $0.name < $1.name }.flatMap { view in
      live.definition.materializedViews[view.name].map {
        changes(
          of: TablePair(live: $0.indexedTable, desired: view.indexedTable), [:], live.invalidIndexes[view.name] ?? [])
      } ?? []
    }
  }

  /// Moves the removal of an index before the creation of another one that takes its name.
  private func freeingNames(_ operations: [MigrationOperation]) -> [MigrationOperation] {
    var removals: [String: [Int]] = [:]
    for (place, operation) in operations.enumerated() {
      guard case .dropIndex(let removal) = operation else { continue }
      removals[rules.folded(removal.index.name.text), default: []].append(place)
    }
    let needs = operations.map { operation -> [Int] in
      guard case .createIndex(let creation) = operation else { return [] }
      return removals[rules.folded(creation.index.name.text)] ?? []
    }
    return DependencySort(needs: needs).order.map { operations[$0] }
  }

  private func creations(of tables: [Table]) -> [MigrationOperation] {
    let (tables, keys) = parted(TableOrder(rules: rules).referencedFirst(tables))
    return tables.flatMap(creation)
      + keys.map { MigrationOperation.addConstraint(.init(table: $0.table, constraint: .foreignKey($0.key))) }
  }

  private func removals(of tables: [Table], from live: LiveSchema) -> [MigrationOperation] {
    let (tables, keys) = parted(TableOrder(rules: rules).referencedFirst(tables))
    return keys.reversed().map {
      MigrationOperation.dropConstraint(.init(table: $0.table, constraint: .foreignKey($0.key)))
    } + tables.reversed().flatMap { removal(of: $0, from: live) }
  }

  /// Separates the foreign keys to later tables, if the engine requires that referenced tables exist.
  private func parted(_ tables: [Table]) -> (tables: [Table], keys: [(table: TableName, key: ForeignKey)]) {
    guard rules.foreignKeysNeedTables else { return (tables, []) }
    var later = Set(tables.map { rules.folded($0.name) })
    var keys: [(table: TableName, key: ForeignKey)] = []
    let parted = tables.map { table in
      later.remove(rules.folded(table.name))
      keys += table.foreignKeys.filter { later.contains(rules.folded($0.table)) }.map { (table.name, $0) }
      var table = table
      table.foreignKeys.removeAll { later.contains(rules.folded($0.table)) }
      return table
    }
    return (parted, keys)
  }

  private func creation(of table: Table) -> [MigrationOperation] {
    let indexes = table.indexes.sorted(by: nameOrder)
    return [.createTable(.init(table))]
      + indexes.map { MigrationOperation.createIndex(.init(table: table.name, index: $0)) }
      + settings(onIndexesOf: table).map(MigrationOperation.changeTableSettings)
  }

  private func removal(of table: Table, from live: LiveSchema) -> [MigrationOperation] {
    let indexes = table.indexes.sorted(by: nameOrder)
    return settings(onIndexesOf: table).map(\.reversed)
      + indexes.map { MigrationOperation.dropIndex(.init(table: table.name, index: $0)) }
      + [.dropTable(.init(table, triggers: live.dependents[table.name]?.triggers ?? []))]
  }

  /// The settings of a table that need one of its indexes.
  private func settings(onIndexesOf table: Table) -> [ChangeTableSettings] {
    let bare = table.withoutIndexes.settings
    return ChangeTableSettings.Aspect.allCases.filter { !bare.isSame(in: $0, as: table.settings) }.map {
      ChangeTableSettings(table: table.name, aspect: $0, from: bare, to: table.settings)
    }
  }

  private func changes(
    of pair: TablePair, _ primaryKeys: [TableName: [String]], _ invalidIndexes: Set<String>
  ) -> [MigrationOperation] {
    // Most tables of a schema are unchanged, and equality costs less than the rules.
    guard !invalidIndexes.isEmpty || !pair.isUnchanged else {
      assert(comparison(of: pair, primaryKeys, invalidIndexes).isEmpty, "\(pair.live.name) equals its definition")
      return []
    }
    return comparison(of: pair, primaryKeys, invalidIndexes)
  }

  private func comparison(
    of pair: TablePair, _ primaryKeys: [TableName: [String]], _ invalidIndexes: Set<String>
  ) -> [MigrationOperation] {
    let (live, desired) = (pair.live, pair.desired)
    let columns = ColumnComparator(rules: rules).differences(from: live, to: desired)
    let changes = NameExchange.resolved(
      TableComparator().operations(from: live, to: desired)
        + columns.added
        + columns.changed
        + PrimaryKeyComparator(rules: rules).operations(from: live, to: desired)
        + UniquenessComparator(rules: rules, invalidIndexes: invalidIndexes).operations(from: live, to: desired)
        + CheckComparator(rules: rules).operations(from: live, to: desired)
        + ExclusionComparator(rules: rules).operations(from: live, to: desired)
        + ForeignKeyComparator(rules: rules, primaryKeys: primaryKeys).operations(from: live, to: desired))
    return changes
      + TableSettingsComparator(rules: rules, operations: changes).operations(from: live, to: desired)
      + CommentComparator(renames: changes).operations(from: live, to: desired) + columns.removed
  }

  private func nameOrder(_ left: Index, _ right: Index) -> Bool { left.name.text < right.name.text }
}
