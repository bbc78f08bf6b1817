internal import MetaxyRuntime
internal import MetaxySchema

/// Compares two catalogs that were read from databases of one engine.
struct CatalogComparison {
  let dialect: any Dialect

  /// Returns how `found` differs from `expected`, in both directions; none if both are equal.
  ///
  /// - Parameter describe: returns the text of an operation that is missing from `found`.
  func differences(
    _ found: LiveSchema, _ expected: LiveSchema, describe: (MigrationOperation) -> String = { $0.description }
  ) -> [String] {
    var differences = operations(found, expected).map(describe)
    // A difference that only one direction shows is one, too.
    if differences.isEmpty { differences = operations(expected, found).map { describe($0.reversed) } }
    return differences.uniqued
  }

  /// Returns the kinds of dependent and unmanaged objects that differ.
  func otherDifferences(_ found: LiveSchema, _ expected: LiveSchema) -> [String] {
    var differences: [String] = []
    if found.dependents.filter({ $0.value != DependentObjects() })
      != expected.dependents.filter({ $0.value != DependentObjects() }) || found.unmanaged != expected.unmanaged
    {
      differences.append("triggers, views or other objects that depend on tables")
    }
    if found.definition.materializedViews != expected.definition.materializedViews {
      differences.append("materialized views")
    }
    return differences
  }

  private func operations(_ from: LiveSchema, _ to: LiveSchema) -> [MigrationOperation] {
    dialect.operations(from: RenamedSchema(from), to: to.definition.specifyingSettings)
  }
}
