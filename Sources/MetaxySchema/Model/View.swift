package import MetaxyNames

/// A view of a database, with the properties that a change of its tables needs.
///
/// Views are not managed and never compared. A change that cannot be made while a view exists drops and restores it.
package struct View: Sendable, Hashable {
  package var name: TableName
  /// The views that it reads.
  package var reads: Set<TableName>
  /// The statements that restore it, with its owner, rights and comment.
  package var creation: [String]
  /// The reason why it cannot be restored unchanged; nil if it can.
  package var obstacle: String?

  package init(name: TableName, reads: Set<TableName> = [], creation: [String], obstacle: String? = nil) {
    self.name = name
    self.reads = reads
    self.creation = creation
    self.obstacle = obstacle
  }
}
