package import MetaxyNames

/// A table's place as a partition of another table.
package struct Partition: Sendable, Hashable {
  package var parent: TableName
  /// The bound in the engine's syntax: `FOR VALUES FROM (1) TO (10)`, `DEFAULT`.
  package var bound: String

  package init(of parent: TableName, bound: String) {
    self.parent = parent
    self.bound = bound
  }
}
