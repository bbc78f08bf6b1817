package import MetaxyNames

/// A row policy of a database, with the properties that a change of its columns needs.
package struct Policy: Sendable, Hashable {
  package var name: String
  /// The table whose rows it shows or hides, which need not be the one whose columns it names.
  package var table: TableName
  /// The columns that it names.
  package var columns: Set<String>
  /// The statements that restore it, with its comment.
  package var creation: [String]

  package init(name: String, table: TableName, columns: Set<String> = [], creation: [String]) {
    self.name = name
    self.table = table
    self.columns = columns
    self.creation = creation
  }
}
