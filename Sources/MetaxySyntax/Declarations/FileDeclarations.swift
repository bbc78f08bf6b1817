import MetaxyErrors

/// What one file declares, its syntax tree left behind.
struct FileDeclarations: Sendable {
  var features: [DeclaredFeature] = []
  var types: [DeclaredType] = []
  var extensions: [DeclaredExtension] = []
  var diagnostics: [Diagnostic] = []
}
