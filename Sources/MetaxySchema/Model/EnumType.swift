package import MetaxySQL

/// A type whose values are a list of words in an order of their own, which tables of an engine that has such types share.
package struct EnumType: Sendable, Hashable {
  package var name: TableName
  /// In the order in which the values are sorted and compared.
  package var values: [String]
  package var comment: String?

  package init(name: TableName, values: [String], comment: String? = nil) {
    self.name = name
    self.values = values
    self.comment = comment
  }
}
