import MetaxyErrors

/// The declarations of one file, independent of its syntax tree.
struct FileDeclarations: Sendable {
  var features: [DeclaredFeature] = []
  var types: [DeclaredType] = []
  var extensions: [DeclaredExtension] = []
  /// The types with hand-written coding, complete or partial.
  var codedByHand: Set<[String]> = []
  var diagnostics: [Diagnostic] = []
}
