package import MetaxyErrors

/// The locations of the parts of a feature, for diagnostics; the lists are empty if the locations are not known.
package struct FeaturePlaces: Sendable, Hashable {
  /// One location for each dependency of the definition.
  package var dependencies: [SourceLocation]
  /// One location for each field of the definition.
  package var fields: [SourceLocation]

  package init(dependencies: [SourceLocation] = [], fields: [SourceLocation] = []) {
    self.dependencies = dependencies
    self.fields = fields
  }
}

extension FeatureDefinition {
  /// Returns the location of the dependency at `position`; the feature's own location if it is not known.
  package func place(ofDependency position: Int) -> SourceLocation {
    places.dependencies.indices.contains(position) ? places.dependencies[position] : source
  }

  /// Returns the location of the field at `position`; the feature's own location if it is not known.
  package func place(ofField position: Int) -> SourceLocation {
    places.fields.indices.contains(position) ? places.fields[position] : source
  }
}
