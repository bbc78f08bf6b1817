internal import MetaxySQL
internal import MetaxySorting

/// The order in which tables can be created: referenced tables come before those whose foreign keys refer to them.
struct TableOrder<Rules: ComparisonRules> {
  let rules: Rules

  /// Sorts tables so that referenced tables and parents come first, and otherwise by name. In a cycle of
  /// references, the first by name comes first.
  func referencedFirst(_ tables: [Table]) -> [Table] {
    let tables = tables.sorted { $0.name < $1.name }
    let sort = DependencySort(tables, name: { rules.folded($0.name) }) { table in
      table.foreignKeys.map { rules.folded($0.table) } + (table.partition.map { [rules.folded($0.parent)] } ?? [])
        + table.settings.parents.map { rules.folded($0) }
    }
    // SQLAlchemy, and so Alembic, sorts tables in rounds.
    return sort.withoutCycles.rounds.map { tables[$0] }
  }
}
