package import MetaxyNames

/// Compares the row policies of tables.
///
/// The conditions of a policy can read any column of any table, so policies are dropped before all other operations and
/// created after them, in one transaction. A changed policy is dropped and created.
struct PolicyComparator<Rules: ComparisonRules> {
  let rules: Rules

  func operations(
    for pairs: TablePairs
  ) -> (first: [MigrationOperation], last: [MigrationOperation]) {
    var dropped = pairs.removed.map { ($0.name, $0.policies) } + pairs.replaced.map { ($0.live.name, $0.live.policies) }
    var added = pairs.added.map { ($0.name, $0.policies) }
    for pair in pairs.kept where pair.desired.specifiesSettings {
      dropped.append((pair.live.name, pair.live.policies.filter { !contains(pair.desired.policies, $0) }))
      added.append((pair.live.name, pair.desired.policies.filter { !contains(pair.live.policies, $0) }))
    }
    return (
      operations(dropped) { .dropPolicy(.init(table: $0, policy: $1)) },
      operations(added) { .addPolicy(.init(table: $0, policy: $1)) }
    )
  }

  private func contains(_ policies: [RowPolicy], _ policy: RowPolicy) -> Bool {
    policies.contains { rules.isSame($0, policy) }
  }

  private func operations(
    _ policies: [(table: TableName, policies: [RowPolicy])], _ operation: (TableName, RowPolicy) -> MigrationOperation
  ) -> [MigrationOperation] {
    policies.sorted { $0.table < $1.table }.flatMap { table, policies in
      policies.sorted { $0.name < $1.name }.map { operation(table, $0) }
    }
  }
}

extension LiveSchema {
  /// Returns the schema with only those policies for whose table and name `isIncluded` holds; the others are unmanaged.
  package func keepingPolicies(where isIncluded: (TableName, String) -> Bool) -> LiveSchema {
    var schema = self
    schema.definition = definition.mapTables { table in
      var table = table
      table.policies.removeAll { !isIncluded(table.name, $0.name) }
      return table
    }
    return schema
  }
}
