/// A row policy, as far as a change of the columns that it names has to know it.
public struct Policy: Sendable, Hashable {
  public var name: String
  /// The table whose rows it lets through, which need not be the one whose columns it names.
  public var table: TableName
  /// The columns that it names.
  public var columns: Set<String>
  /// The statements that make it again, with all that is its own.
  public var creation: [String]

  public init(name: String, table: TableName, columns: Set<String> = [], creation: [String]) {
    self.name = name
    self.table = table
    self.columns = columns
    self.creation = creation
  }
}
