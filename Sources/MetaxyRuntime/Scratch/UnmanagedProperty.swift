package import MetaxyNames

/// A property of a table in a scratch database that its definition does not contain, so that no revision creates it.
package struct UnmanagedProperty: Sendable, Hashable {
  package var table: TableName
  /// The property with its value, for display: ``the tablespace `fast` of `video` ``.
  package var text: String

  package init(table: TableName, text: String) {
    self.table = table
    self.text = text
  }
}
