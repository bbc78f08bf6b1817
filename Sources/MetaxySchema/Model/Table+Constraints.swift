import MetaxyFeatures

extension Table {
  /// All constraints, the primary key first.
  package var constraints: [Constraint] {
    (primaryKey.map { [.primaryKey($0)] } ?? []) + uniques.map(Constraint.unique) + checks.map(Constraint.check)
      + exclusions.map(Constraint.exclusion) + foreignKeys.map(Constraint.foreignKey)
  }
}
