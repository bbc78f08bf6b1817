import MetaxyFeatures

/// Maps Swift types to column types.
enum ColumnTypes {
  private static let swift: [String: ColumnType] = [
    "String": .string, "Int": .bigint, "Int64": .bigint, "Int32": .integer, "Int16": .smallint, "Double": .double,
    "Float": .real, "Bool": .boolean, "Duration": .interval,
  ]
  private static let foundation: [String: ColumnType] = [
    "URL": .string, "Date": .timestamp, "Decimal": .numeric, "UUID": .uuid, "Data": .binary,
  ]
  private static let modules = ["Swift": swift, "Foundation": foundation, "FoundationEssentials": foundation]

  /// The replacements for types that no column can store, or that are aliases of supported types.
  private static let replacements = [
    "Int8": "Int16", "UInt8": "Int16", "UInt16": "Int32", "UInt32": "Int64", "UInt": "Int", "UInt64": "Int64",
    "Int128": "Decimal", "UInt128": "Decimal", "Float16": "Float", "Float32": "Float", "Float64": "Double",
    "Float80": "Double", "CGFloat": "Double", "TimeInterval": "Double", "Character": "String", "Substring": "String",
  ]

  /// Returns the column type of a type of the standard library or Foundation; nil for any other type.
  static func builtIn(_ name: [String]) -> ColumnType? {
    switch name.count {
    case 1: swift[name[0]] ?? foundation[name[0]]
    case 2: modules[name[0]]?[name[1]]
    default: nil
    }
  }

  /// Returns whether a name includes its module, so that it cannot mean a type of the sources.
  static func isQualified(_ name: [String]) -> Bool {
    name.count == 2 && modules[name[0]] != nil
  }

  /// Returns whether a name that no type of the sources has is one of Foundation's.
  static func isFoundationType(_ name: [String]) -> Bool {
    name.count == 1 ? foundation[name[0]] != nil : name.first != "Swift" && isQualified(name)
  }

  static func replacement(for name: [String]) -> String? {
    name.last.flatMap { replacements[$0] }
  }
}
