/// A view, as far as a change of the tables that it reads has to know it.
///
/// Views are nobody's definition and never compared; one that stands in the way of a change goes and comes back as it was.
public struct View: Sendable, Hashable {
  public var name: TableName
  /// The views that it reads, by their names as people write them.
  public var reads: Set<String>
  /// The statements that make it again, with all that is its own.
  public var creation: [String]
  /// Why it cannot be made again as it was; nil where it can.
  public var obstacle: String?

  public init(name: TableName, reads: Set<String> = [], creation: [String], obstacle: String? = nil) {
    self.name = name
    self.reads = reads
    self.creation = creation
    self.obstacle = obstacle
  }
}
