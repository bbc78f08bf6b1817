package import MetaxyConfiguration
package import MetaxyFeatures

/// A column of a file of rows, with the forms of its values.
///
/// A value has one form in files, whatever the engine:
///
/// | type | form |
/// |---|---|
/// | `.string` | the text |
/// | `.bigint`, `.integer`, `.smallint` | the digits |
/// | `.double`, `.real` | the shortest digits that give the same number; `NaN`, `Infinity`, `-Infinity` |
/// | `.boolean` | `true`, `false` |
/// | `.numeric` | the digits, without an exponent, with the column's scale |
/// | `.timestamp` | `2026-11-22T10:07:31.123456Z` |
/// | `.date`, `.time` | `2026-11-22`, `10:07:31.123456` |
/// | `.interval` | `PT90061.000001S` |
/// | `.uuid` | `8-4-4-4-12` lower-case digits |
/// | `.binary` | Base64 |
/// | `.json` | the JSON text as it is stored |
/// | `.jsonb` | the JSON text as PostgreSQL prints it |
/// | `.raw` | the engine's text |
package struct RowColumn: Sendable, Hashable {
  /// The name in the table and in files.
  package var name: String
  package var type: ColumnType
  package var dialect: StoreDialect
  package var isNullable: Bool
  /// Whether Metaxy adds the column to every feature's table.
  package var isSystem: Bool

  package init(name: String, type: ColumnType, dialect: StoreDialect, isNullable: Bool = true, isSystem: Bool = false) {
    self.name = name
    self.type = type
    self.dialect = dialect
    self.isNullable = isNullable
    self.isSystem = isSystem
  }

  /// Whether the column contains JSON texts.
  package var isJSON: Bool { type == .json || type == .jsonb }

  /// Whether NULL has no member in JSON Lines, because `null` is a value of the column.
  package var leavesNullOut: Bool { isJSON && !isSystem }

  /// What the values are, for messages.
  var noun: String {
    switch type {
    case .string: "a text"
    case .bigint, .integer, .smallint: "an integer"
    case .double, .real: "a floating-point number"
    case .boolean: "a Boolean"
    case .timestamp: "a time in the years 1 to 9999"
    case .date: "a day of the years 1 to 9999"
    case .time: "a time of day"
    case .numeric: "a decimal number"
    case .uuid: "a UUID"
    case .binary: "bytes"
    case .interval: "a length of time"
    case .json, .jsonb: "JSON"
    case .raw: "a text or a number"
    }
  }
}
