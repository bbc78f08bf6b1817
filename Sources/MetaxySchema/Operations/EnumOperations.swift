// Types whose values are words. `table` is the type's name: such operations belong to no table.

/// Creates an enum type.
///
/// ```sql
/// CREATE TYPE "mood" AS ENUM ('sad', 'ok')
/// ```
public struct CreateEnum: MigrationOperation {
  public var type: EnumType

  public init(_ type: EnumType) { self.type = type }

  public var verb: String { "add_enum" }
  public var kind: ObjectKind { .enumType }
  public var table: TableName { type.name }
  public var object: String? { type.name.description }
  public var reversed: any MigrationOperation { DropEnum(type) }
  public var after: String? { type.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops an enum type, which no column may have.
///
/// ```sql
/// DROP TYPE "mood"
/// ```
public struct DropEnum: MigrationOperation {
  public var type: EnumType

  public init(_ type: EnumType) { self.type = type }

  public var verb: String { "remove_enum" }
  public var kind: ObjectKind { .enumType }
  public var table: TableName { type.name }
  public var object: String? { type.name.description }
  public var reversed: any MigrationOperation { CreateEnum(type) }
  public var before: String? { type.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Adds one value to an enum type, in its place among the others.
///
/// ```sql
/// ALTER TYPE "mood" ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok'
/// ```
public struct AddEnumValue: MigrationOperation {
  /// The type before the value is added.
  public var old: EnumType
  /// The type with the value.
  public var new: EnumType
  public var value: String

  /// - Parameter index: the place that the value shall have among the values of `old`.
  public init(_ value: String, at index: Int, of old: EnumType) {
    self.old = old
    self.value = value
    new = old
    new.values.insert(value, at: index)
  }

  /// The value after which the new one comes; nil where it is the first.
  public var predecessor: String? {
    new.values.firstIndex(of: value).flatMap { $0 > 0 ? new.values[$0 - 1] : nil }
  }

  public var verb: String { "add_enum_value" }
  public var kind: ObjectKind { .enumType }
  public var table: TableName { old.name }
  public var object: String? { old.name.description }
  public var reversed: any MigrationOperation { ChangeEnum(from: new, to: old) }
  public var after: String? { value }

  public var description: String {
    "\(verb) \(old.name) '\(value)'" + (predecessor.map { " after '\($0)'" } ?? " first")
  }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Changes the values of an enum type where values go or change places: the type is made anew.
public struct ChangeEnum: MigrationOperation {
  public var old: EnumType
  public var new: EnumType

  public init(from old: EnumType, to new: EnumType) {
    self.old = old
    self.new = new
  }

  public var verb: String { "modify_enum" }
  public var kind: ObjectKind { .enumType }
  public var table: TableName { old.name }
  public var object: String? { old.name.description }
  public var reversed: any MigrationOperation { ChangeEnum(from: new, to: old) }
  public var before: String? { old.summary }
  public var after: String? { new.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Renames an enum type; the columns that have it follow.
///
/// ```sql
/// ALTER TYPE "order_state" RENAME TO "order_status"
/// ```
public struct RenameEnum: MigrationOperation {
  /// The old name.
  public var table: TableName
  public var newName: TableName

  public init(_ name: TableName, to newName: TableName) {
    table = name
    self.newName = newName
  }

  public var verb: String { "rename_enum" }
  public var kind: ObjectKind { .enumType }
  public var reversed: any MigrationOperation { RenameEnum(newName, to: table) }
  public var before: String? { table.description }
  public var after: String? { newName.description }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}
