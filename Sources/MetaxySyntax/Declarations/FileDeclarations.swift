import MetaxyErrors

/// What one file declares, its syntax tree left behind.
struct FileDeclarations: Sendable {
  var features: [DeclaredFeature] = []
  var types: [DeclaredType] = []
  var extensions: [DeclaredExtension] = []
  /// The types that code themselves by hand, at least in part.
  var codedByHand: Set<[String]> = []
  var diagnostics: [Diagnostic] = []
}
