import MetaxyFeatures
import MetaxyGraph
internal import MetaxySQL
import MetaxySchema

/// The source of a feature's typed column names.
struct ColumnNames {
  let feature: FeatureDefinition
  let table: TableName

  /// The columns whose properties another file can name.
  private var columns: [(column: ColumnDefinition, access: AccessLevel)] {
    let level = feature.swift?.access ?? .file
    return feature.columns.compactMap { column in
      guard let property = column.swift, property.access != .file, !column.isUnreachable else { return nil }
      return (column, min(level, property.access))
    }
  }

  /// Nothing for a type or for properties that no other file can name.
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

  /// The highest level of a typed name whose type cannot be written without Foundation; nil when there is none.
  var foundationAccess: AccessLevel? {
    guard feature.isNameable else { return nil }
    return columns.filter { $0.column.swift?.needsFoundation ?? false }.map(\.access).max()
  }
}

extension ColumnDefinition {
  /// Whether a key path cannot lead to the property: `\Video.Type` is a type, in backticks too.
  var isUnreachable: Bool { property == "Type" || property == "Protocol" }
}
