/// A type whose values are a list of words in an order of their own, which tables of an engine that has such types share.
public struct EnumType: Sendable, Hashable {
  public var name: TableName
  /// In the order in which the values are sorted and compared.
  public var values: [String]
  public var comment: String?

  public init(name: TableName, values: [String], comment: String? = nil) {
    self.name = name
    self.values = values
    self.comment = comment
  }
}
