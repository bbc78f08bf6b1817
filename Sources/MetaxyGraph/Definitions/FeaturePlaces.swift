package import MetaxyErrors

/// Where the parts of a feature are written, for diagnostics; empty lists where that is not known.
package struct FeaturePlaces: Sendable, Hashable {
  /// One place for each dependency of the definition.
  package var dependencies: [SourceLocation]
  /// One place for each field of the definition.
  package var fields: [SourceLocation]

  package init(dependencies: [SourceLocation] = [], fields: [SourceLocation] = []) {
    self.dependencies = dependencies
    self.fields = fields
  }
}

extension FeatureDefinition {
  /// Where the dependency at `position` is written; the feature's own place where that is not known.
  package func place(ofDependency position: Int) -> SourceLocation {
    places.dependencies.indices.contains(position) ? places.dependencies[position] : source
  }

  /// Where the field at `position` is written; the feature's own place where that is not known.
  package func place(ofField position: Int) -> SourceLocation {
    places.fields.indices.contains(position) ? places.fields[position] : source
  }
}
