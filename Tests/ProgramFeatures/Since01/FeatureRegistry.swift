// Written by `metaxy generate` from the features of `samples`. Run it again when they change.
// swift-format-ignore-file

public import Metaxy

nonisolated extension FeatureRegistry {
  /// The features of `samples`.
  public static let samples: FeatureRegistry = FeatureRegistry(
    project: "samples",
    projectVersion: "3c03f37d",
    hashTruncationLength: 8,
    features: [
      feature_a,
      feature_b,
    ])

  private static let feature_a: RegisteredFeature = RegisteredFeature(
    "a", type: Sample.self, project: "samples",
    table: "a",
    idColumns: ["id"],
    columns: [
      RegisteredColumn("id", codingKey: "id", type: .string),
      RegisteredColumn("path", codingKey: "path", type: .string),
    ],
    fields: [
      RegisteredField("x", codeVersion: "__metaxy_initial__"),
      RegisteredField("y", codeVersion: "__metaxy_initial__"),
    ],
    featureVersion: "e5b21fac",
    specVersion: "9a605e0d",
    definitionVersion: "8392e0bd")

  private static let feature_b: RegisteredFeature = RegisteredFeature(
    "b", type: Score.self, project: "samples",
    table: "b",
    idColumns: ["id"],
    columns: [
      RegisteredColumn("id", codingKey: "id", type: .string),
      RegisteredColumn("value", codingKey: "value", type: .double, isNullable: true),
    ],
    fields: [
      RegisteredField("x", codeVersion: "1", parents: [RegisteredParent("a", fields: ["x"])]),
      RegisteredField("y", codeVersion: "2", parents: [RegisteredParent("a", fields: ["y"])]),
    ],
    dependencies: [
      RegisteredDependency("a", on: ["id"]),
    ],
    featureVersion: "8e981bae",
    specVersion: "c040364b",
    definitionVersion: "5f26fc32")
}

nonisolated extension Sample {
  /// The columns of `a`.
  public enum Columns {
    public static let id = FeatureColumn(\Sample.id, "id")
    public static let path = FeatureColumn(\Sample.path, "path")
  }
}

nonisolated extension Score {
  /// The columns of `b`.
  public enum Columns {
    public static let id = FeatureColumn(\Score.id, "id")
    public static let value = FeatureColumn(\Score.value, "value")
  }
}
