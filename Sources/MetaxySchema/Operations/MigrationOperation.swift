package import MetaxyNames
internal import MetaxySQL

/// One change of schema as a value.
///
/// An operation carries whole objects, not only their names, so that its reverse can put back what it takes away, and no
/// engine, so that each dialect can say it in its own words.
package protocol MigrationOperation: Sendable, Hashable, CustomStringConvertible {
  /// The kind of change in the field's words: `add_column`.
  var verb: String { get }
  /// The table that changes; the type, sequence or schema where `kind` says so.
  var table: TableName { get }
  /// What kind of object `table` names.
  var kind: ObjectKind { get }
  /// The column, constraint or index concerned; nil where it is the table itself.
  var object: String? { get }
  /// Whether `object` is a column, which is spelt with its table.
  var isAboutColumn: Bool { get }
  /// The operation that undoes this one.
  var reversed: any MigrationOperation { get }
  /// What the database holds before, in words for people; nil where it holds nothing.
  var before: String? { get }
  /// What it shall hold after.
  var after: String? { get }

  /// Lets `renderer` say the operation.
  func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output
}

/// What kind of object an operation changes.
package enum ObjectKind: Sendable, Hashable {
  case table, enumType, sequence, namespace
}

/// Turns each kind of operation into an engine's words.
///
/// A new kind of operation is a new requirement here, so that no dialect can forget it.
package protocol OperationRenderer {
  associatedtype Output

  func render(_ operation: CreateTable) throws -> Output
  func render(_ operation: DropTable) throws -> Output
  func render(_ operation: RenameTable) throws -> Output
  func render(_ operation: RenameColumn) throws -> Output
  func render(_ operation: AddColumn) throws -> Output
  func render(_ operation: DropColumn) throws -> Output
  func render(_ operation: ChangeColumn) throws -> Output
  func render(_ operation: AddConstraint) throws -> Output
  func render(_ operation: DropConstraint) throws -> Output
  func render(_ operation: CreateIndex) throws -> Output
  func render(_ operation: DropIndex) throws -> Output
  func render(_ operation: ChangeTableOptions) throws -> Output
  func render(_ operation: CreateSchema) throws -> Output
  func render(_ operation: DropSchema) throws -> Output
  func render(_ operation: CreateEnum) throws -> Output
  func render(_ operation: DropEnum) throws -> Output
  func render(_ operation: AddEnumValue) throws -> Output
  func render(_ operation: ChangeEnum) throws -> Output
  func render(_ operation: RenameEnum) throws -> Output
  func render(_ operation: CreateSequence) throws -> Output
  func render(_ operation: DropSequence) throws -> Output
  func render(_ operation: ChangeSequence) throws -> Output
  func render(_ operation: ChangeComment) throws -> Output
  func render(_ operation: ChangePartition) throws -> Output
  func render(_ operation: ChangeStorage) throws -> Output
  func render(_ operation: RenameConstraint) throws -> Output
  func render(_ operation: RenameIndex) throws -> Output
}

extension MigrationOperation {
  /// The operation as Alembic's users read it: `add_column video.fps`, `remove_index ix_video_path`.
  package var description: String { "\(verb) \(subject)" }
  package var kind: ObjectKind { .table }
  package var object: String? { nil }
  package var isAboutColumn: Bool { false }
  package var before: String? { nil }
  package var after: String? { nil }

  private var subject: String {
    guard let object else { return table.description }
    return isAboutColumn ? "\(table).\(object)" : object
  }

}

extension Array where Element == any MigrationOperation {
  /// The operations that undo these, last first.
  package var reverseOperations: [any MigrationOperation] { reversed().map(\.reversed) }
}
