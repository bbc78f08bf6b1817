package import MetaxyErrors
package import MetaxyNames
internal import MetaxySQL

/// The operations of an engine that changes tables by a rebuild: a new table replaces the old one, with its rows and its
/// name.
package protocol RebuildSupport: AnyObject {
  /// Prepares the connection for the rebuild of tables, or restores its settings; called outside transactions.
  ///
  /// While it is prepared foreign keys are not enforced, and a rename changes the table alone, not what refers to it.
  func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError)

  /// The number of rows with a dangling reference, for each foreign key.
  func danglingReferences() throws(MetaxyError) -> [TableReference: Int]

  /// The columns and dependent objects of a table that its rebuild must include; nil if the table does not exist.
  func liveExpectation(of table: TableName) throws(MetaxyError) -> TableExpectation?
}
