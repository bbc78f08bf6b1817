package import MetaxyNames

/// A view, as far as a change of the tables that it reads has to know it.
///
/// Views are nobody's definition and never compared; one that stands in the way of a change goes and comes back as it was.
/// The indexes of one that keeps its rows are compared as those of tables are.
package struct View: Sendable, Hashable {
  package var name: TableName
  /// The views that it reads, by their names as people write them.
  package var reads: Set<String>
  /// The statements that make it again, with all that is its own.
  package var creation: [String]
  /// Why it cannot be made again as it was; nil where it can.
  package var obstacle: String?
  /// Whether it keeps the rows that it read, and so can have indexes.
  package var isMaterialized = false
  package var indexes: [Index] = []

  package init(name: TableName, reads: Set<String> = [], creation: [String], obstacle: String? = nil) {
    self.name = name
    self.reads = reads
    self.creation = creation
    self.obstacle = obstacle
  }

  /// A materialized view of which no more is known than its indexes.
  package init(materialized name: TableName, indexes: [Index]) {
    self.init(name: name, creation: [], obstacle: "it is materialized")
    isMaterialized = true
    self.indexes = indexes
  }

  /// What its indexes belong to, as a table that says no more.
  package var indexedTable: Table { Table(name: name, indexes: indexes) }
}

extension Schema {
  /// The materialized view of this name; nil where there is none.
  package func materializedView(_ name: TableName) -> View? { views.first { $0.name == name && $0.isMaterialized } }
}
