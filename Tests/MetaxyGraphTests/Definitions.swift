import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph

/// Returns a feature with its key on one line of `features.swift`; its dependencies are on the lines below.
func feature(
  _ key: FeatureKey, line: Int = 1, dependencies: [FeatureDependency]? = nil,
  fields: [FieldSpec] = [FieldSpec(key: "default")], columns: [String] = [], idColumns: [String] = ["id"]
) -> FeatureDefinition {
  FeatureDefinition(
    key: key, typeName: "T\(line)", source: place(line), idColumns: idColumns, dependencies: dependencies,
    fields: fields,
    columns: columns.map { ColumnDefinition(property: $0, name: $0, type: .string, source: place(line)) },
    places: FeaturePlaces(
      dependencies: (dependencies ?? []).indices.map { place(line, 10 + $0) },
      fields: fields.indices.map { place(line, 20 + $0) }))
}

func place(_ line: Int, _ column: Int = 1) -> SourceLocation {
  SourceLocation(file: "features.swift", line: line, column: column)
}

/// The diagnostics of a graph, as `line:column: message`.
func problems(_ definitions: [FeatureDefinition]) -> [String] {
  FeatureGraph.build(definitions).diagnostics.map { "\($0.location.line):\($0.location.column): \($0.message)" }
}
