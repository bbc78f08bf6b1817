internal import MetaxyFeatures
internal import MetaxySchema

extension Table {
  var constraints: [Constraint] {
    (primaryKey.map { [.primaryKey($0)] } ?? []) + uniques.map(Constraint.unique) + checks.map(Constraint.check)
      + exclusions.map(Constraint.exclusion) + foreignKeys.map(Constraint.foreignKey)
  }
}
