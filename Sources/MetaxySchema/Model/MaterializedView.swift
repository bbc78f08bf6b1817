package import MetaxySQL

/// A materialized view, as far as it is managed: its indexes.
package struct MaterializedView: Sendable, Hashable {
  package var name: TableName
  package var indexes: [Index]

  package init(name: TableName, indexes: [Index]) {
    self.name = name
    self.indexes = indexes
  }

  /// The view as a table that holds its indexes alone, so that they are compared and named as those of tables are.
  package var indexedTable: Table { Table(name: name, indexes: indexes) }
}
