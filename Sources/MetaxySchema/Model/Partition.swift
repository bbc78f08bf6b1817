package import MetaxySQL

/// A table as a part of another one.
package struct Partition: Sendable, Hashable {
  package var parent: TableName
  /// Which rows are in it, in the engine's words: `FOR VALUES FROM (1) TO (10)`, `DEFAULT`.
  package var bound: String

  package init(of parent: TableName, bound: String) {
    self.parent = parent
    self.bound = bound
  }
}
