import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

/// The source of a feature's typed column names.
struct ColumnNames {
  let feature: FeatureDefinition
  let table: TableName

  /// The columns whose properties are visible in other files.
  private var columns: [(column: ColumnDefinition, access: AccessLevel)] {
    let level = feature.swift?.access ?? .file
    return feature.columns.compactMap { column in
      guard let property = column.swift, property.access != .file, !column.isUnreachable else { return nil }
      return (column, min(level, property.access))
    }
  }

  /// The lines; empty if the type or all of its properties are invisible in other files.
  var lines: [String] {
    guard let swift = feature.swift, feature.isNameable, !columns.isEmpty else { return [] }
    let type = SwiftText.type(feature.typeName)
    return [
      "", "nonisolated extension \(type) {", "  /// The columns of `\(SwiftText.escaped(table.description))`.",
      "  \(swift.access.modifier)enum Columns {",
    ]
      + columns.map { column, access in
        let name = SwiftText.name(column.property)
        return
          "    \(access.modifier)static let \(name) = FeatureColumn(\\\(type).\(name), \(SwiftText.literal(column.name)))"
      } + ["  }", "}"]
  }

  /// The highest access level of a typed name whose type needs Foundation; nil if there is none.
  var foundationAccess: AccessLevel? {
    guard feature.isNameable else { return nil }
    return columns.filter { $0.column.swift?.needsFoundation ?? false }.map(\.access).max()
  }
}

extension ColumnDefinition {
  /// Whether no key path can refer to the property: `\Video.Type` is a type, even in backticks.
  var isUnreachable: Bool { property == "Type" || property == "Protocol" }
}
