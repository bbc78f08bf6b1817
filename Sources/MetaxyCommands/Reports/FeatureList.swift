public import MetaxyErrors
public import MetaxyFeatures
internal import MetaxyGraph

/// The registered features.
public struct FeatureList: Report {
  public struct Field: Sendable {
    public var key: String
    public var version: String
  }

  public struct Item: Sendable {
    public var key: String
    public var table: String
    /// The type's name, with the types it is nested in.
    public var classPath: String
    public var project: String
    public var featureVersion: String
    public var specVersion: String
    public var trackingVersion: String
    public var codeVersion: String
    /// In the order of their declaration.
    public var fields: [Field]
    public var dependencies: [String]
    public var source: SourceLocation
  }

  public var project: String
  public var snapshotVersion: String
  public var features: [Item]
  /// Whether the text shows every version, and the type.
  var isVerbose = false

  public var json: JSONValue {
    .object([
      .init("project", .string(project)), .init("snapshot_version", .string(snapshotVersion)),
      .init("features", .array(features.map(json))),
    ])
  }

  private func json(of item: Item) -> JSONValue {
    .object([
      .init("key", .string(item.key)), .init("table", .string(item.table)),
      .init("class_path", .string(item.classPath)), .init("project", .string(item.project)),
      .init("feature_version", .string(item.featureVersion)),
      .init("feature_spec_version", .string(item.specVersion)),
      .init("feature_tracking_version", .string(item.trackingVersion)),
      .init("code_version", .string(item.codeVersion)),
      .init("fields", .object(item.fields.map { .init($0.key, .string($0.version)) })),
      .init("dependencies", .texts(item.dependencies)),
      .init(
        "source",
        .object([.init("file", .string(item.source.file)), .init("line", JSONValue(item.source.line))])),
    ])
  }

  public var text: String {
    guard !features.isEmpty else { return "no features in project `\(project)`" }
    return
      (features.map { item in
        let title = "\(item.key)  (table \(item.table), \(item.source.file):\(item.source.line))"
        return ([title] + (isVerbose ? details(of: item) : summary(of: item))).joined(separator: "\n")
      } + ["snapshot: \(snapshotVersion)"]).joined(separator: "\n")
  }

  private func summary(of item: Item) -> [String] {
    let fields = item.fields.isEmpty ? nil : "  fields: \(item.fields.map(\.key).joined(separator: ", "))"
    return ["  version: \(item.featureVersion)"] + [fields, dependencies(of: item)].compactMap(\.self)
  }

  private func details(of item: Item) -> [String] {
    [
      "  type: \(item.classPath)", "  project: \(item.project)", "  version: \(item.featureVersion)",
      "  spec version: \(item.specVersion)", "  tracking version: \(item.trackingVersion)",
      "  code version: \(item.codeVersion)",
    ] + item.fields.map { "  field \($0.key): \($0.version)" } + [dependencies(of: item)].compactMap(\.self)
  }

  private func dependencies(of item: Item) -> String? {
    item.dependencies.isEmpty ? nil : "  depends on: \(item.dependencies.joined(separator: ", "))"
  }
}
