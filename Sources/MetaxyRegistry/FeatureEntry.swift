import MetaxyFeatures
import MetaxyGraph
internal import MetaxySQL
import MetaxySchema

/// The source that makes one registered feature.
struct FeatureEntry {
  let feature: FeatureDefinition
  let table: Table
  let versions: FeatureVersions
  let graph: FeatureGraph
  let project: String
  /// The name of the member that holds it.
  let member: String

  /// One argument a line, so that a change of the feature is a change of few lines.
  var lines: [String] {
    let schema = table.name.schema.map { ", schema: \(SwiftText.literal($0))" } ?? ""
    return [
      "  private static let \(member): RegisteredFeature = RegisteredFeature(",
      "    \(key(feature.key)), type: \(type), project: \(SwiftText.literal(feature.project ?? project)),",
      "    table: \(SwiftText.literal(table.name.name))\(schema),",
      "    idColumns: \(SwiftText.literals(feature.idColumns)),",
    ] + list("columns", feature.columns.map(column)) + list("fields", feature.fields.map(field)) + [
      "    featureVersion: \(SwiftText.literal(versions.featureVersion)),",
      "    specVersion: \(SwiftText.literal(versions.specVersion)))",
    ]
  }

  private func list(_ label: String, _ elements: [String]) -> [String] {
    guard !elements.isEmpty else { return ["    \(label): [],"] }
    return ["    \(label): ["] + elements.map { "      \($0)," } + ["    ],"]
  }

  /// A type that only its own file can name is left out: its rows are found, as parents.
  private var type: String { feature.isNameable ? "\(SwiftText.type(feature.typeName)).self" : "nil" }

  private func column(_ column: ColumnDefinition) -> String {
    // The table knows which columns its keys make NOT NULL.
    let isNullable =
      table.columns.first { $0.name.utf8.elementsEqual(column.name.utf8) }?.isNullable ?? column.isNullable
    return "RegisteredColumn(\(SwiftText.literal(column.name))"
      + ", codingKey: \(SwiftText.literal(column.swift?.codingKey ?? column.property)), type: \(column.type.source)"
      + (isNullable ? ", isNullable: true" : "") + (column.generated == nil ? "" : ", isGenerated: true") + ")"
  }

  private func field(_ field: FieldSpec) -> String {
    let parents = graph.parents(of: field, of: feature).map { parent in
      "RegisteredParent(\(key(parent.feature)), fields: [\(parent.fields.map(key).joined(separator: ", "))])"
    }
    return "RegisteredField(\(key(field.key)), codeVersion: \(SwiftText.literal(field.codeVersion))"
      + (parents.isEmpty ? "" : ", parents: [\(parents.joined(separator: ", "))]") + ")"
  }

  /// A key as one text, or as its parts where one of them holds what separates them.
  private func key(_ key: some PathKey) -> String {
    key.parts.contains { $0.unicodeScalars.contains("/") }
      ? SwiftText.literals(key.parts) : SwiftText.literal(key.description)
  }
}

extension FeatureDefinition {
  /// Whether a file beside the feature's own can name its type.
  var isNameable: Bool { (swift?.access ?? .file) != .file }
}
