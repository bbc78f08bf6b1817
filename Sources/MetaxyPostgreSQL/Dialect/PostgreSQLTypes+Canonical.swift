internal import MetaxyFeatures
internal import MetaxyPostgreSQLDriver

extension PostgreSQLTypes {
  /// Returns the type as `format_type` prints it, without the aliases that PostgreSQL accepts: `character varying(64)`
  /// for `VARCHAR(64)`, `integer[]` for `int4 ARRAY`.
  static func canonicalName(of type: ColumnType) -> String {
    if let name = formattedName(of: type) { return name }
    let name = name(of: type)
    // A text that cannot be tokenised equals only the identical text; the engine reports the error.
    return (try? PostgreSQLTypeText(name))?.canonical ?? name
  }

  /// Returns the pseudo-type of a serial column with this type; nil for types that are not integers.
  static func serialName(of type: ColumnType) -> String? {
    switch canonicalName(of: type) {
    case "bigint": "BIGSERIAL"
    case "integer": "SERIAL"
    case "smallint": "SMALLSERIAL"
    default: nil
    }
  }

  /// Returns the range of an integer type; nil for any other type.
  static func bounds(of type: ColumnType) -> ClosedRange<Int>? {
    switch canonicalName(of: type) {
    case "bigint": Int(Int64.min)...Int(Int64.max)
    case "integer": Int(Int32.min)...Int(Int32.max)
    case "smallint": Int(Int16.min)...Int(Int16.max)
    default: nil
    }
  }
}
