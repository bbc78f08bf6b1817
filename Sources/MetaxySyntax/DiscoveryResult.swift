public import MetaxyErrors
public import MetaxyGraph

/// What the sources declare, and everything that is wrong with it.
public struct DiscoveryResult: Sendable {
  /// The features that could be read without an error, sorted by where they stand.
  public var definitions: [FeatureDefinition]
  /// Errors and warnings, sorted by place, each with the line it is about.
  public var diagnostics: [Diagnostic]
  /// How many files were worth parsing.
  public var filesParsed: Int

  public init(definitions: [FeatureDefinition], diagnostics: [Diagnostic], filesParsed: Int) {
    self.definitions = definitions
    self.diagnostics = diagnostics
    self.filesParsed = filesParsed
  }

  /// Whether a diagnostic is an error, so that nothing should be derived from the definitions.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
