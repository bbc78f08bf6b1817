extension Table {
  /// Returns the table with explicit names: those of its constraints and indexes that a user wrote into DDL, but not
  /// those that the engine generated.
  package func withExplicitNames(by rules: some ComparisonRules) -> Table {
    func explicit(_ name: ConstraintName?, _ constraint: Constraint) -> ConstraintName? {
      name.map { ConstraintName($0.text, isExplicit: !rules.generatesName($0.text, for: constraint, of: self)) }
    }
    var table = self
    table.primaryKey?.name = primaryKey.flatMap { explicit($0.name, .primaryKey($0)) }
    for (index, unique) in uniques.enumerated() { table.uniques[index].name = explicit(unique.name, .unique(unique)) }
    for (index, check) in checks.enumerated() { table.checks[index].name = explicit(check.name, .check(check)) }
    for (index, exclusion) in exclusions.enumerated() {
      table.exclusions[index].name = explicit(exclusion.name, .exclusion(exclusion))
    }
    for (index, key) in foreignKeys.enumerated() {
      table.foreignKeys[index].name = explicit(key.name, .foreignKey(key))
    }
    for (place, index) in indexes.enumerated() {
      let isExplicit = !rules.generatesName(index.name.text, for: index, of: self)
      table.indexes[place].name = ConstraintName(index.name.text, isExplicit: isExplicit)
    }
    for (index, column) in columns.enumerated() {
      guard let sequence = column.identity?.sequence, rules.generatesName(sequence, for: column, of: self) else {
        continue
      }
      table.columns[index].identity?.sequence = nil
    }
    return table
  }
}
