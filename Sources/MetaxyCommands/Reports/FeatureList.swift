package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames

/// The registered features.
package struct FeatureList: Report {
  package struct Field: Sendable {
    package var key: String
    package var version: String
  }

  package struct Item: Sendable {
    package var key: String
    package var table: String
    /// The type with its module and its enclosing types.
    package var classPath: String
    package var project: String
    package var featureVersion: String
    package var specVersion: String
    /// nil in generation 0.1.
    package var trackingVersion: String?
    /// nil before generation 0.1.
    package var definitionVersion: String?
    package var codeVersion: String
    /// The fields in the order of their declaration.
    package var fields: [Field]
    package var dependencies: [String]
    package var source: SourceLocation
  }

  package var project: String
  package var generation: Generation
  /// The snapshot version; in generation 0.1 the project version.
  package var version: String
  package var features: [Item]
  /// Whether the text shows every version and the type.
  var isVerbose = false

  /// nil in generation 0.1.
  package var snapshotVersion: String? { generation == .seed ? version : nil }
  /// nil before generation 0.1.
  package var projectVersion: String? { generation == .seed ? nil : version }

  package var json: JSONValue {
    .object([
      .init("project", .string(project)), .init("generation", .string(generation.rawValue)),
      .init("snapshot_version", JSONValue(snapshotVersion)), .init("project_version", JSONValue(projectVersion)),
      .init("features", .array(features.map(json))),
    ])
  }

  private func json(of item: Item) -> JSONValue {
    .object([
      .init("key", .string(item.key)), .init("table", .string(item.table)),
      .init("class_path", .string(item.classPath)), .init("project", .string(item.project)),
      .init("feature_version", .string(item.featureVersion)),
      .init("feature_spec_version", .string(item.specVersion)),
      .init("feature_tracking_version", JSONValue(item.trackingVersion)),
      .init("definition_version", JSONValue(item.definitionVersion)),
      .init("code_version", .string(item.codeVersion)),
      .init("fields", .object(item.fields.map { .init($0.key, .string($0.version)) })),
      .init("dependencies", .texts(item.dependencies)),
      .init(
        "source",
        .object([.init("file", .string(item.source.file)), .init("line", JSONValue(item.source.line))])),
    ])
  }

  package var text: String {
    guard !features.isEmpty else { return "no features in project `\(project)`" }
    return
      (features.map { item in
        let table = item.table.isEmpty ? "no table" : "table \(item.table)"
        let title = "\(item.key)  (\(table), \(item.source.file):\(item.source.line))"
        return ([title] + (isVerbose ? details(of: item) : displayText(of: item))).joined(separator: "\n")
      } + ["\(generation == .seed ? "snapshot" : "project version"): \(version)"]).joined(separator: "\n")
  }

  private func displayText(of item: Item) -> [String] {
    let fields = item.fields.isEmpty ? nil : "  fields: \(item.fields.map(\.key).joined(separator: ", "))"
    return ["  version: \(item.featureVersion)"] + [fields, dependencies(of: item)].compactMap(\.self)
  }

  private func details(of item: Item) -> [String] {
    [
      "  type: \(item.classPath)", "  project: \(item.project)", "  version: \(item.featureVersion)",
      "  spec version: \(item.specVersion)", item.trackingVersion.map { "  tracking version: \($0)" },
      item.definitionVersion.map { "  definition version: \($0)" }, "  code version: \(item.codeVersion)",
    ].compactMap(\.self) + item.fields.map { "  field \($0.key): \($0.version)" }
      + [dependencies(of: item)].compactMap(\.self)
  }

  private func dependencies(of item: Item) -> String? {
    item.dependencies.isEmpty ? nil : "  depends on: \(item.dependencies.joined(separator: ", "))"
  }
}
