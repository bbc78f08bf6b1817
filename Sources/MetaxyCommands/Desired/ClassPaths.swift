internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxySyntax

/// Completes the class paths of features: Metaxy splits a path at its last dot, so that each needs a module.
struct ClassPaths {
  let modules: SwiftModules
  /// The absolute paths of the Swift files by their paths for display.
  private let files: [String: String]

  init(_ project: Project, _ swift: [SourceFile]) {
    modules = SwiftModules(of: project)
    files = Dictionary(swift.map { ($0.displayPath, $0.path) }) { first, _ in first }
  }

  /// Returns features with the modules of their types. The class path of an exported feature is kept if it has one.
  func completed(_ features: [FeatureDefinition]) -> [FeatureDefinition] {
    features.map { feature in
      var feature = feature
      if let file = files[feature.source.file] {
        feature.module = modules.name(ofFile: file)
      } else if !feature.typeName.isEmpty, !feature.typeName.dropFirst().contains(".") {
        feature.module = modules.fallback
      }
      return feature
    }
  }
}
