package import MetaxyErrors
package import MetaxyNames
internal import MetaxySQL

/// What the tables shall be, with the places in the sources that say so.
package struct DesiredSchema: Sendable {
  package var schema: Schema
  /// Where each table comes from: its feature.
  package var tableSources: [TableName: SourceLocation]
  /// Where each column comes from: its property.
  package var columnSources: [TableName: [String: SourceLocation]]
  /// The former names that are declared.
  package var renames: Renames

  package init(
    schema: Schema = Schema(), tableSources: [TableName: SourceLocation] = [:],
    columnSources: [TableName: [String: SourceLocation]] = [:], renames: Renames = Renames()
  ) {
    self.schema = schema
    self.tableSources = tableSources
    self.columnSources = columnSources
    self.renames = renames
  }

  /// Returns the line of the sources that an operation follows from: the property's, else its feature's; nil for what no
  /// source declares any more.
  package func source(of operation: any MigrationOperation) -> SourceLocation? {
    if operation.isAboutColumn, let object = operation.object, let source = columnSources[operation.table]?[object] {
      return source
    }
    return tableSources[operation.table]
  }
}
