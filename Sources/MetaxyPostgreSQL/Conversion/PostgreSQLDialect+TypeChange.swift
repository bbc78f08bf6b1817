internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver
package import MetaxyRuntime
package import MetaxySchema

extension PostgreSQLDialect {
  package func effect(
    ofChanging old: Column, to new: Column, of table: Table, in schema: Schema
  ) -> TypeChangeEffect {
    func values(_ type: ColumnType) -> [String]? {
      let name = PostgreSQLTypeShape(type).name
      return schema.enums.values.first { PostgreSQLTypes.canonicalName(of: $0.name) == name }?.values
    }
    let conversion = PostgreSQLConversion(
      of: quoted(old.name), from: old.type, to: new.type, oldValues: values(old.type), values: values(new.type))
    var hasValue = false
    if let old = values(old.type), let new = values(new.type) { hasValue = Set(old).isSubset(of: new) }
    return TypeChangeEffect(
      changesValues: conversion.change != nil,
      canFail: !hasValue && (conversion.misfit != nil || conversion.canFailUnseen),
      rewritesTable: !PostgreSQLTypeShape(old.type).isStoredAlike(in: PostgreSQLTypeShape(new.type)))
  }
}

extension PostgreSQLTypeShape {
  /// Whether a stored value of this type is one of the other type, so that a change does not rewrite the table.
  ///
  /// https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES and the support functions of the length
  /// casts: `varchar_support`, `numeric_support`, `varbit_support`, `TemporalSimplify`.
  fileprivate func isStoredAlike(in other: PostgreSQLTypeShape) -> Bool {
    if text == other.text { return true }
    guard !isArray, !other.isArray else { return false }
    let unlimited: Set = ["text", "character varying", "citext"]
    switch (name, other.name) {
    case ("character varying", "character varying"), ("bit varying", "bit varying"): return isWithin(other)
    case (let old, let new) where unlimited.contains(old) && unlimited.contains(new): return other.modifiers.isEmpty
    case ("numeric", "numeric"):
      // The scale must stay: it is stored with each value.
      return other.modifiers.isEmpty || modifiers.dropFirst() == other.modifiers.dropFirst() && isWithin(other)
    case (let old, let new) where old == new && [.clock, .zonedClock, .local, .moment, .interval].contains(kind):
      // Six digits are all that there are.
      return other.modifiers.isEmpty || (modifiers.first ?? 6) <= other.modifiers[0]
    case ("cidr", "inet"): return true
    default: return false
    }
  }

  /// Whether the limit of the other type, if it has one, is not lower.
  private func isWithin(_ other: PostgreSQLTypeShape) -> Bool {
    guard let limit = other.modifiers.first else { return true }
    return modifiers.first.map { $0 <= limit } ?? false
  }
}
