internal import MetaxySQL

// Comparisons with the rules of any dialect, also of an existential.
extension ComparisonRules {
  /// Returns the operations that lead from `live` to `desired`, the renames first.
  package func operations(from live: RenamedSchema, to desired: Schema) -> [MigrationOperation] {
    SchemaComparison(rules: self).operations(from: live, to: desired)
  }

  /// Returns the declared renames that are not done yet in `live`.
  package func renames(to desired: DesiredSchema, in live: Schema) -> [MigrationOperation] {
    desired.renames.operations(from: live, to: supportedSubset(of: desired.schema), rules: self)
  }

  /// Returns a schema after the declared renames, computed without a database.
  package func renamed(_ schema: LiveSchema, to desired: DesiredSchema) -> RenamedSchema {
    var known = schema
    known.definition = supportedSubset(of: schema.definition)
    return RenamedSchema(known, desired.renames, to: supportedSubset(of: desired.schema), rules: self)
  }
}
