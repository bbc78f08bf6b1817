package import MetaxyNames

/// A type whose values are an ordered list of labels; tables share it, on engines with such types.
package struct EnumType: Sendable, Hashable {
  package var name: TableName
  /// The values in their sort order.
  package var values: [String]
  package var comment: String?

  package init(name: TableName, values: [String], comment: String? = nil) {
    self.name = name
    self.values = values
    self.comment = comment
  }
}
