package import MetaxyNames

// Enum types. `table` is the name of the type.

/// Creates an enum type.
///
/// ```sql
/// CREATE TYPE "mood" AS ENUM ('sad', 'ok')
/// ```
package struct CreateEnum: OperationPayload {
  package var type: EnumType

  package init(_ type: EnumType) { self.type = type }

  package var verb: String { "add_enum" }
  package var kind: ObjectKind { .enumType }
  package var table: TableName { type.name }
  package var object: String? { type.name.description }
  package var reversed: MigrationOperation { .dropEnum(.init(type)) }
  package var after: String? { type.displayText }
}

/// Drops an enum type, which no column may have.
///
/// ```sql
/// DROP TYPE "mood"
/// ```
package struct DropEnum: OperationPayload {
  package var type: EnumType

  package init(_ type: EnumType) { self.type = type }

  package var verb: String { "remove_enum" }
  package var kind: ObjectKind { .enumType }
  package var table: TableName { type.name }
  package var object: String? { type.name.description }
  package var reversed: MigrationOperation { .createEnum(.init(type)) }
  package var before: String? { type.displayText }
}

/// Adds one value to an enum type, in its place among the others.
///
/// ```sql
/// ALTER TYPE "mood" ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok'
/// ```
package struct AddEnumValue: OperationPayload {
  /// The type before the value is added.
  package var old: EnumType
  /// The type with the value.
  package var new: EnumType
  package var value: String

  /// - Parameter index: the place of the new value among the values of `old`.
  package init(_ value: String, at index: Int, of old: EnumType) {
    self.old = old
    self.value = value
    new = old
    new.values.insert(value, at: index)
  }

  /// The value after which the new one comes; nil if it is the first.
  package var predecessor: String? {
    new.values.firstIndex(of: value).flatMap { $0 > 0 ? new.values[$0 - 1] : nil }
  }

  package var verb: String { "add_enum_value" }
  package var kind: ObjectKind { .enumType }
  package var table: TableName { old.name }
  package var object: String? { old.name.description }
  package var reversed: MigrationOperation { .changeEnum(.init(from: new, to: old)) }
  package var after: String? { value }

  package var description: String {
    "\(verb) \(old.name) '\(value)'" + (predecessor.map { " after '\($0)'" } ?? " first")
  }
}

/// Removes or reorders values of an enum type, which rebuilds the type.
package struct ChangeEnum: OperationPayload {
  package var old: EnumType
  package var new: EnumType

  package init(from old: EnumType, to new: EnumType) {
    self.old = old
    self.new = new
  }

  /// Whether values are only removed, so that no operation depends on the change, and operations that use them run before it.
  package var onlyRemovesValues: Bool { Set(new.values).isStrictSubset(of: old.values) }

  package var verb: String { "modify_enum" }
  package var kind: ObjectKind { .enumType }
  package var table: TableName { old.name }
  package var object: String? { old.name.description }
  package var reversed: MigrationOperation { .changeEnum(.init(from: new, to: old)) }
  package var before: String? { old.displayText }
  package var after: String? { new.displayText }
}

/// Renames an enum type; the columns that have it follow.
///
/// ```sql
/// ALTER TYPE "order_state" RENAME TO "order_status"
/// ```
package struct RenameEnum: OperationPayload {
  /// The old name.
  package var table: TableName
  package var newName: TableName

  package init(_ name: TableName, to newName: TableName) {
    table = name
    self.newName = newName
  }

  package var verb: String { "rename_enum" }
  package var kind: ObjectKind { .enumType }
  package var reversed: MigrationOperation { .renameEnum(.init(newName, to: table)) }
  package var before: String? { table.description }
  package var after: String? { newName.description }
}
