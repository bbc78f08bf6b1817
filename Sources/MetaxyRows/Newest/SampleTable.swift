package import MetaxyConfiguration
internal import MetaxyFeatures
package import MetaxyNames

/// The table of a feature, as far as its samples and their newest rows depend on it.
package struct SampleTable: Sendable, Hashable {
  /// The table, with its schema if the engine has schemas.
  package var name: TableName
  package var dialect: StoreDialect
  package var generation: Generation
  package var idColumns: [String]
  /// The column whose greatest value marks the newest row of a sample; nil for none.
  package var order: String?

  package init(
    name: TableName, dialect: StoreDialect, generation: Generation, idColumns: [String], order: String?
  ) {
    self.name = name
    self.dialect = dialect
    self.generation = generation
    self.idColumns = idColumns
    self.order = order
  }
}
