package import MetaxyNames

/// Gives a value of a column another spelling in every row, beside the change of the check that lists the values.
///
/// ```sql
/// UPDATE "video" SET "state" = 'ready' WHERE "state" = 'done'
/// ```
///
/// No row has the new value before, so the values come back when it is reversed.
package struct RenameValue: OperationPayload {
  package var table: TableName
  package var column: String
  package var value: RenamedValue

  package init(table: TableName, column: String, _ value: RenamedValue) {
    self.table = table
    self.column = column
    self.value = value
  }

  package var verb: String { "rename_value" }
  package var columnName: String? { column }
  package var description: String { "\(verb) \(subject) '\(value.new)'" }
  package var reversed: MigrationOperation { .renameValue(.init(table: table, column: column, value.reversed)) }
  package var before: String? { value.old }
  package var after: String? { value.new }
}

/// Renames a value of an enum type; the rows, defaults and expressions that have it follow.
///
/// ```sql
/// ALTER TYPE "mood" RENAME VALUE 'ok' TO 'fine'
/// ```
package struct RenameEnumValue: OperationPayload {
  /// The type before the value is renamed.
  package var type: EnumType
  package var value: RenamedValue

  package init(_ value: RenamedValue, of type: EnumType) {
    self.type = type
    self.value = value
  }

  /// The type with the new value.
  package var new: EnumType {
    var new = type
    new.values = type.values.map { $0 == value.old ? value.new : $0 }
    return new
  }

  package var verb: String { "rename_enum_value" }
  package var kind: ObjectKind { .enumType }
  package var table: TableName { type.name }
  package var object: String? { type.name.description }
  package var description: String { "\(verb) \(type.name) '\(value.new)'" }
  package var reversed: MigrationOperation { .renameEnumValue(.init(value.reversed, of: new)) }
  package var before: String? { value.old }
  package var after: String? { value.new }
}
