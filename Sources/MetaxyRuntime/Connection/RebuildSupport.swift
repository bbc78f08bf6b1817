package import MetaxyErrors
package import MetaxyNames
internal import MetaxySQL

/// What a run needs of an engine that changes some tables only by a rebuild: a new table takes the rows and the name of the
/// old one.
package protocol RebuildSupport: AnyObject {
  /// Prepares the connection for the rebuild of tables, or restores its settings; called outside transactions.
  ///
  /// While it is prepared foreign keys are not enforced, and a rename changes the table alone, not what refers to it.
  func prepareForRebuild(_ isPrepared: Bool) throws(MetaxyError)

  /// How many rows refer to rows that do not exist, by what refers to what.
  func danglingReferences() throws(MetaxyError) -> [TableReference: Int]

  /// What a table has that its rebuild must know of; nil where there is no such table.
  func liveExpectation(of table: TableName) throws(MetaxyError) -> TableExpectation?
}
