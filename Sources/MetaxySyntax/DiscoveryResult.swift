package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph

/// The features that the sources declare and the problems in them.
package struct DiscoveryResult: Sendable {
  /// The features that were read without errors, sorted by location.
  package var definitions: [FeatureDefinition]
  /// The keys of the declared features that could not be read without errors.
  package var incompleteKeys: Set<FeatureKey>
  /// Errors and warnings, sorted by location, each with its source line.
  package var diagnostics: [Diagnostic]
  /// The number of parsed files.
  package var filesParsed: Int
  /// What a cache should hold from now on; nil if nothing changes.
  package var cacheUpdate: DeclarationCache.Update?

  package init(
    definitions: [FeatureDefinition], incompleteKeys: Set<FeatureKey> = [], diagnostics: [Diagnostic], filesParsed: Int,
    cacheUpdate: DeclarationCache.Update? = nil
  ) {
    self.definitions = definitions
    self.incompleteKeys = incompleteKeys
    self.diagnostics = diagnostics
    self.filesParsed = filesParsed
    self.cacheUpdate = cacheUpdate
  }

  /// Whether a diagnostic is an error; the definitions must then not be used.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
