extension Schema {
  /// Returns the tables with the expressions of `recorded`, except for expressions that equal those of `desired`.
  ///
  /// - Parameter recorded: the same tables with the same objects in the same order; only expressions may differ.
  package func keepingExpressions(
    equalTo desired: Schema, otherwise recorded: Schema, rules: some ComparisonRules
  ) -> Schema {
    let normaliser = ExpressionNormaliser(rules: rules)
    return recorded.mapTables { table in
      guard let live = self[table.name], let desired = rules.table(table.name, in: desired) else { return table }
      return normaliser.keepingEqual(live, to: desired, otherwise: table)
    }
  }
}

extension ExpressionNormaliser {
  fileprivate func keepingEqual(_ live: Table, to desired: Table, otherwise recorded: Table) -> Table {
    var table = recorded
    let comparator = ColumnComparator(rules: rules)
    for (index, column) in live.columns.enumerated() {
      guard let wanted = rules.column(column.name, of: desired) else { continue }
      for aspect in ChangeColumn.Aspect.allCases
      where comparator.isSame(in: aspect, column, wanted, options: live.options) {
        table.columns[index].take(aspect, from: column)
      }
    }
    for (index, check) in live.checks.enumerated()
    where desired.checks.contains(where: { rules.isSame($0.expression, check.expression) }) {
      table.checks[index].expression = check.expression
    }
    for (index, policy) in live.policies.enumerated()
    where desired.policies.contains(where: { rules.isSame($0, policy) }) {
      table.policies[index] = policy
    }
    for (index, element) in live.indexes.enumerated()
    where desired.indexes.contains(where: { isSame($0, element) }) {
      table.indexes[index] = element
    }
    for (index, exclusion) in live.exclusions.enumerated()
    where desired.exclusions.contains(where: { isSame($0, exclusion) }) {
      table.exclusions[index] = exclusion
    }
    return table
  }
}
