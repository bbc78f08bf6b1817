package import MetaxyErrors
package import MetaxyNames

/// The desired tables, with their locations in the sources.
package struct DesiredSchema: Sendable {
  package var schema: Schema
  /// The source of each table: its feature.
  package var tableSources: [TableName: SourceLocation]
  /// The source of each column: its property.
  package var columnSources: [TableName: [String: SourceLocation]]
  /// The declared former names.
  package var renames: Renames
  /// An error for each feature of generation 0.1 whose key gives it the table of another one. Metaxy accepts that, but the
  /// table can only have the columns of one.
  package var sharedTables: [Diagnostic] = []

  package init(
    schema: Schema = Schema(), tableSources: [TableName: SourceLocation] = [:],
    columnSources: [TableName: [String: SourceLocation]] = [:], renames: Renames = Renames()
  ) {
    self.schema = schema
    self.tableSources = tableSources
    self.columnSources = columnSources
    self.renames = renames
  }

  /// Returns the location in the sources that caused an operation: that of the property or of the feature; nil for an object
  /// that is no longer declared.
  package func source(of operation: MigrationOperation) -> SourceLocation? {
    operation.columnName.flatMap { columnSources[operation.table]?[$0] } ?? tableSources[operation.table]
  }
}
