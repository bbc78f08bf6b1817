package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph

/// What the sources declare, and everything that is wrong with it.
package struct DiscoveryResult: Sendable {
  /// The features that could be read without an error, sorted by where they stand.
  package var definitions: [FeatureDefinition]
  /// The keys of the features that are declared but could not be read without an error.
  package var incompleteKeys: Set<FeatureKey>
  /// Errors and warnings, sorted by place, each with the line it is about.
  package var diagnostics: [Diagnostic]
  /// How many files were worth parsing.
  package var filesParsed: Int

  package init(
    definitions: [FeatureDefinition], incompleteKeys: Set<FeatureKey> = [], diagnostics: [Diagnostic], filesParsed: Int
  ) {
    self.definitions = definitions
    self.incompleteKeys = incompleteKeys
    self.diagnostics = diagnostics
    self.filesParsed = filesParsed
  }

  /// Whether a diagnostic is an error, so that nothing should be derived from the definitions.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
