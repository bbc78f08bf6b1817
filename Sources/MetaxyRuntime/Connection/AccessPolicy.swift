package import MetaxySQL

/// Which tables the statements of a revision may not touch, and why.
package struct AccessPolicy: Sendable {
  /// Returns why a table is refused; nil if it is not. The name is as ``Connection/tableNames()`` lists it: without the
  /// default schema.
  package var refusal: @Sendable (_ table: TableName) -> String?

  package init(refusal: @escaping @Sendable (_ table: TableName) -> String?) { self.refusal = refusal }
}
