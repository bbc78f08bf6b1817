public import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyGraph

/// The registered features.
public struct FeatureList: Report {
  public struct Item: Sendable {
    public var key: String
    public var table: String
    /// The type's name, with the types it is nested in.
    public var classPath: String
    public var fields: [String]
    public var dependencies: [String]
    public var source: SourceLocation
  }

  public var project: String
  public var features: [Item]

  public var json: JSONValue {
    // The version members are null until versions exist.
    .object([
      .init("project", .string(project)), .init("snapshot_version", .null),
      .init("features", .array(features.map(json))),
    ])
  }

  private func json(of item: Item) -> JSONValue {
    .object([
      .init("key", .string(item.key)), .init("table", .string(item.table)),
      .init("class_path", .string(item.classPath)), .init("feature_version", .null),
      .init("feature_spec_version", .null), .init("feature_tracking_version", .null), .init("code_version", .null),
      .init("fields", .object(item.fields.map { .init($0, .null) })),
      .init("dependencies", .texts(item.dependencies)),
      .init(
        "source",
        .object([.init("file", .string(item.source.file)), .init("line", JSONValue(item.source.line))])),
    ])
  }

  public var text: String {
    guard !features.isEmpty else { return "no features in project `\(project)`" }
    return features.map { item in
      var lines = ["\(item.key)  (table \(item.table), \(item.source.file):\(item.source.line))"]
      lines.append("  fields: \(item.fields.joined(separator: ", "))")
      if !item.dependencies.isEmpty { lines.append("  depends on: \(item.dependencies.joined(separator: ", "))") }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
