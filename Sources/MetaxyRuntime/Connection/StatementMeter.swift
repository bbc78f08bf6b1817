package import MetaxyErrors
package import MetaxyNames

/// Measures, in a scratch database, which tables a statement rewrites, and out of which it locks other sessions.
///
/// Only tables count that existed when the meter was created.
package protocol StatementMeter: AnyObject {
  /// Runs a statement by calling `body`.
  ///
  /// - Parameter isInTransaction: whether the locks of the statement are held after it, so that they can be read.
  func measure(
    isInTransaction: Bool, _ body: () throws(MetaxyError) -> Void
  ) throws(MetaxyError) -> StatementMeasurement
}

/// What a statement did to existing tables.
package struct StatementMeasurement: Sendable, Hashable {
  package var rewritten: Set<TableName>
  /// The tables that no other session can read until the transaction ends, because of this statement.
  package var locked: Set<TableName>

  package init(rewritten: Set<TableName> = [], locked: Set<TableName> = []) {
    self.rewritten = rewritten
    self.locked = locked
  }
}
