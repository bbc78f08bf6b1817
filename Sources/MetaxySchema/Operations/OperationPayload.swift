package import MetaxySQL

/// What a case of ``MigrationOperation`` carries: the objects before and after, and what the change says of itself.
package protocol OperationPayload: Sendable, Hashable, CustomStringConvertible {
  /// The kind of change in the field's words: `add_column`.
  var verb: String { get }
  /// The table that changes; the type, sequence or schema where `kind` says so.
  var table: TableName { get }
  /// What kind of object `table` names.
  var kind: ObjectKind { get }
  /// The column that changes; nil where it is not one.
  var columnName: String? { get }
  /// The column, constraint or index concerned, for people; nil where it is the table itself.
  var object: String? { get }
  /// The operation that undoes this one.
  var reversed: MigrationOperation { get }
  /// What the database holds before, for people; nil where it holds nothing.
  var before: String? { get }
  /// What it holds after, for people.
  var after: String? { get }
}

/// What kind of object an operation changes.
package enum ObjectKind: Sendable, Hashable {
  case table, enumType, sequence, namespace
}

extension OperationPayload {
  /// The operation as Alembic's users read it: `add_column video.fps`, `remove_index ix_video_path`.
  package var description: String { "\(verb) \(subject)" }
  package var kind: ObjectKind { .table }
  package var columnName: String? { nil }
  package var object: String? { columnName }
  package var before: String? { nil }
  package var after: String? { nil }

  /// The object that changes, for people: `video.fps`.
  var subject: String {
    columnName.map { "\(table).\($0)" } ?? object ?? table.description
  }
}
