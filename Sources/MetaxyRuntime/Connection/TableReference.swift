package import MetaxySQL

/// A foreign key, as the tables that it connects.
package struct TableReference: Sendable, Hashable {
  package var table: TableName
  package var referenced: TableName

  package init(from table: TableName, to referenced: TableName) {
    self.table = table
    self.referenced = referenced
  }
}
