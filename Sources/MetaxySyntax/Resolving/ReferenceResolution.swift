import MetaxyErrors
import MetaxyFeatures

/// Resolves the types in dependencies to features.
struct ReferenceResolution {
  private let feature: DeclaredFeature
  private let names: NameTable
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether every named feature has a key; a missing key is reported at the feature's declaration.
  private(set) var isComplete = true

  init(of feature: DeclaredFeature, names: NameTable) {
    self.feature = feature
    self.names = names
  }

  mutating func dependency(_ declared: DeclaredDependency) -> FeatureDependency? {
    key(of: declared.feature).map {
      FeatureDependency(feature: .key($0), columns: declared.columns, rename: declared.rename)
    }
  }

  mutating func field(_ declared: DeclaredField) -> FieldSpec? {
    var dependencies: [FieldDependency]?
    if let all = declared.dependencies {
      dependencies = []
      for one in all {
        if let key = key(of: one.feature) {
          dependencies?.append(FieldDependency(feature: .key(key), fields: one.fields))
        }
      }
    }
    return FieldSpec(key: declared.key, codeVersion: declared.codeVersion, dependencies: dependencies)
  }

  private mutating func key(of reference: Located<DeclaredReference>) -> FeatureKey? {
    switch reference.value {
    case .key(let key): return key
    case .type(let name): return key(ofType: name, at: reference.location)
    }
  }

  private mutating func key(ofType name: [String], at place: SourceLocation) -> FeatureKey? {
    let text = name.joined(separator: ".")
    switch names.find(name, from: feature.path, in: place.file) {
    case .found(let type):
      if case .feature(let key) = type.kind {
        if key == nil { isComplete = false }
        return key
      }
      diagnostics.append(
        Diagnostic(
          .error, "`\(text)` is not a feature", at: place,
          notes: [Diagnostic.Note("it is declared here, without `@Feature`", at: type.location)]))
    case .ambiguous(let types):
      diagnostics.append(NameTable.Answer.ambiguity(of: name, types, at: place))
    case .unknown:
      let closest = Suggestion.closest(to: text, in: names.featureNames)
      diagnostics.append(
        Diagnostic(
          .error,
          "no feature of the type `\(text)` is in the sources"
            + (closest.map { "; did you mean `\($0)`?" } ?? ""), at: place))
    }
    return nil
  }
}
