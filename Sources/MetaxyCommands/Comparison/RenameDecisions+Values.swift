internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Values: `video.state:done=ready`.
extension RenameDecisions {
  /// Declares the rename of a value, and returns whether the schema has the old one and the definitions have the new one.
  ///
  /// - Parameters:
  ///   - old: the text before `=`.
  ///   - new: the text after it.
  static func declareValue(
    _ old: String, _ new: String, of table: Table, _ schema: Schema, in desired: inout DesiredSchema,
    _ dialect: any Dialect
  ) -> Bool {
    guard let place = RenamedTable(table, in: desired, dialect) else { return false }
    for column in table.columns {
      let names = [column.name] + place.newNames(of: column.name, in: desired)
      guard let added = names.lazy.compactMap({ name in place.column(name, dialect) }).first,
        let value = value(old, of: place.names, names)
      else { continue }
      if let type = schema.enums.values.first(where: { $0.isType(of: column) }) {
        return declare(RenamedValue(value, to: new), of: type, in: &desired)
      }
      guard dialect.allowedValues(of: column, in: table)?.contains(value) == true,
        let values = dialect.allowedValues(of: added, in: place.target), values.contains(new), !values.contains(value)
      else { continue }
      desired.renames.values[place.target.name, default: [:]][added.name, default: [:]][new] = value
      return true
    }
    return false
  }

  private static func declare(_ value: RenamedValue, of type: EnumType, in desired: inout DesiredSchema) -> Bool {
    guard type.values.contains(value.old), let after = desired.schema.enums[type.name],
      after.values.contains(value.new), !after.values.contains(value.old)
    else { return false }
    desired.renames.enumValues[type.name, default: [:]][value.new] = value.old
    return true
  }

  /// The value in `table.column:value`.
  private static func value(_ text: String, of tables: [TableName], _ columns: [String]) -> String? {
    for table in tables {
      for column in columns {
        let prefix = PossibleRename.text(table, column) + ":"
        if text.hasPrefix(prefix) { return String(text.dropFirst(prefix.count)) }
      }
    }
    return nil
  }
}

/// A table of the database with its names and its definition.
struct RenamedTable {
  /// The present name and the new ones.
  let names: [TableName]
  /// The table in the definitions.
  let target: Table

  /// Nil for a table that the definitions do not have.
  init?(_ table: Table, in desired: DesiredSchema, _ dialect: any Dialect) {
    let newNames = desired.renames.tables.filter { TableName($0.value, schema: $0.key.schema) == table.name }.map(\.key)
    names = [table.name] + newNames
    guard let target = names.lazy.compactMap({ dialect.table($0, in: desired.schema) }).first else { return nil }
    self.target = target
  }

  func column(_ name: String, _ dialect: any Dialect) -> Column? {
    target.columns.first { dialect.folded($0.name) == dialect.folded(name) }
  }

  /// The new names that are declared for a column.
  func newNames(of column: String, in desired: DesiredSchema) -> [String] {
    (desired.renames.columns[target.name] ?? [:]).filter { $0.value == column }.map(\.key)
  }
}
