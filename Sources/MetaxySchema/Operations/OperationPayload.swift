package import MetaxyNames

/// The values of a case of ``MigrationOperation``: the objects before and after, and the description of the change.
package protocol OperationPayload: Sendable, Hashable, CustomStringConvertible {
  /// The kind of change, as in Alembic: `add_column`.
  var verb: String { get }
  /// The table that changes; a type, sequence or schema, depending on `kind`.
  var table: TableName { get }
  /// The kind of object that has the name `table`.
  var kind: ObjectKind { get }
  /// The column that changes; nil for other objects.
  var columnName: String? { get }
  /// The column, constraint or index that changes, for display; nil for the table itself.
  var object: String? { get }
  /// The operation that undoes this one.
  var reversed: MigrationOperation { get }
  /// The definition before the change, for display; nil if there was none.
  var before: String? { get }
  /// The definition after the change, for display; nil if there is none.
  var after: String? { get }
}

/// The kind of object that an operation changes.
package enum ObjectKind: Sendable, Hashable {
  case table, enumType, sequence, namespace
}

extension OperationPayload {
  /// The operation for display, as in Alembic: `add_column video.fps`, `remove_index ix_video_path`.
  package var description: String { "\(verb) \(subject)" }
  package var kind: ObjectKind { .table }
  package var columnName: String? { nil }
  package var object: String? { columnName }
  package var before: String? { nil }
  package var after: String? { nil }

  /// The object that changes, for display: `video.fps`.
  package var subject: String {
    columnName.map { "\(table).\($0)" } ?? object ?? table.description
  }
}
