package import MetaxyNames
internal import MetaxySQL

/// The tables that the statements of a revision must not touch, with the reasons.
package struct AccessPolicy: Sendable {
  /// Returns why a table is refused; nil if it is not. The name is as ``Connection/tableNames()`` lists it: without the
  /// default schema.
  package var refusal: @Sendable (_ table: TableName) -> String?

  package init(refusal: @escaping @Sendable (_ table: TableName) -> String?) { self.refusal = refusal }
}
