/// A table as a part of another one.
public struct Partition: Sendable, Hashable {
  public var parent: TableName
  /// Which rows are in it, in the engine's words: `FOR VALUES FROM (1) TO (10)`, `DEFAULT`.
  public var bound: String

  public init(of parent: TableName, bound: String) {
    self.parent = parent
    self.bound = bound
  }
}
