import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxySchema

/// The source of one registered feature.
struct FeatureEntry {
  let feature: FeatureDefinition
  let table: Table
  let versions: FeatureVersions
  let graph: FeatureGraph
  let project: String
  /// The name of its member.
  let member: String

  /// One argument per line, so that a change of the feature changes few lines.
  var lines: [String] {
    let schema = table.name.schema.map { ", schema: \(SwiftText.literal($0))" } ?? ""
    return [
      "  private static let \(member): RegisteredFeature = RegisteredFeature(",
      "    \(key(feature.key)), type: \(type), project: \(SwiftText.literal(feature.project ?? project)),",
      "    table: \(SwiftText.literal(table.name.name))\(schema),",
      "    idColumns: \(SwiftText.literals(feature.idColumns)),",
    ] + (feature.order.map { ["    order: \(SwiftText.literal($0)),"] } ?? [])
      + list("columns", feature.columns.map(column))
      + list("fields", graph.registeredFields(of: feature).map(field)) + dependencies + [
        "    featureVersion: \(SwiftText.literal(versions.featureVersion)),"
      ] + lastLines
  }

  private var lastLines: [String] {
    let spec = "    specVersion: \(SwiftText.literal(versions.specVersion))"
    guard let definition = versions.definitionVersion else { return [spec + ")"] }
    return [spec + ",", "    definitionVersion: \(SwiftText.literal(definition)))"]
  }

  private var dependencies: [String] {
    let registered = graph.registeredDependencies(of: feature)
    return registered.isEmpty ? [] : list("dependencies", registered.map(dependency))
  }

  private func dependency(_ dependency: RegisteredDependency) -> String {
    var arguments = [key(dependency.feature), "on: \(SwiftText.literals(dependency.columns))"]
    if dependency.columns.map(ScalarString.init) != dependency.upstreamColumns.map(ScalarString.init) {
      arguments.append("upstreamColumns: \(SwiftText.literals(dependency.upstreamColumns))")
    }
    if dependency.isAggregated { arguments.append("isAggregated: true") }
    if dependency.isOptional { arguments.append("isOptional: true") }
    if !dependency.filters.isEmpty { arguments.append("filters: \(SwiftText.literals(dependency.filters))") }
    if let pairs = dependency.rename?.pairs, !pairs.isEmpty {
      let names = pairs.map { "\(SwiftText.literal($0.old)): \(SwiftText.literal($0.new))" }
      arguments.append("rename: [\(names.joined(separator: ", "))]")
    }
    return "RegisteredDependency(\(arguments.joined(separator: ", ")))"
  }

  private func list(_ label: String, _ elements: [String]) -> [String] {
    guard !elements.isEmpty else { return ["    \(label): [],"] }
    return ["    \(label): ["] + elements.map { "      \($0)," } + ["    ],"]
  }

  /// The type; `nil` if only its own file can name it. Its rows are still found as parents.
  private var type: String { feature.isNameable ? "\(SwiftText.type(feature.typeName)).self" : "nil" }

  private func column(_ column: ColumnDefinition) -> String {
    // The table decides which columns are NOT NULL because of its keys.
    let isNullable =
      table.columns.first { $0.name.utf8.elementsEqual(column.name.utf8) }?.isNullable ?? column.isNullable
    return "RegisteredColumn(\(SwiftText.literal(column.name))"
      + ", codingKey: \(SwiftText.literal(column.swift?.codingKey ?? column.property)), type: \(column.type.source)"
      + (isNullable ? ", isNullable: true" : "") + (column.generated == nil ? "" : ", isGenerated: true") + ")"
  }

  private func field(_ field: RegisteredField) -> String {
    let parents = field.parents.map { parent in
      "RegisteredParent(\(key(parent.feature)), fields: [\(parent.fields.map(key).joined(separator: ", "))])"
    }
    return "RegisteredField(\(key(field.key)), codeVersion: \(SwiftText.literal(field.codeVersion))"
      + (parents.isEmpty ? "" : ", parents: [\(parents.joined(separator: ", "))]") + ")"
  }

  /// Returns a key as one string, or as its parts if one of them contains the separator.
  private func key(_ key: some PathKey) -> String {
    key.parts.contains { $0.unicodeScalars.contains("/") }
      ? SwiftText.literals(key.parts) : SwiftText.literal(key.text)
  }
}

extension FeatureDefinition {
  /// Whether another file can name the feature's type.
  var isNameable: Bool { (swift?.access ?? .file) != .file }
}
