package import MetaxyNames
internal import MetaxySQL

/// A materialized view, as far as it is managed: its indexes.
package struct MaterializedView: Sendable, Hashable {
  package var name: TableName
  package var indexes: [Index]

  package init(name: TableName, indexes: [Index]) {
    self.name = name
    self.indexes = indexes
  }

  /// The view as a table with only its indexes, so that they are compared and named like those of tables.
  package var indexedTable: Table { Table(name: name, indexes: indexes) }
}
