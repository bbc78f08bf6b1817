import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

/// Resolves the types in dependencies to features.
struct ReferenceResolution {
  private let feature: DeclaredFeature
  private let names: NameTable
  private let generation: Generation
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether every named feature has a key; a missing key is reported at the feature's declaration.
  private(set) var isComplete = true

  init(of feature: DeclaredFeature, names: NameTable, _ generation: Generation) {
    self.feature = feature
    self.names = names
    self.generation = generation
  }

  mutating func dependency(_ declared: DeclaredDependency) -> FeatureDependency? {
    if generation == .seed { diagnostics += declared.since01.labels.map(Diagnostic.since01) }
    return key(of: declared.feature).map {
      var dependency = FeatureDependency(feature: .key($0), columns: columns(of: declared), rename: declared.rename)
      dependency.fieldsMapping = declared.since01.fieldsMapping?.value ?? .standard
      dependency.filters = declared.since01.filters
      dependency.lineage = declared.since01.lineage ?? .identity
      dependency.isOptional = declared.since01.isOptional ?? false
      return dependency
    }
  }

  /// The selected columns; since Metaxy 0.1 a spec has them under their new names.
  private func columns(of declared: DeclaredDependency) -> [String]? {
    guard generation == .release01, let rename = declared.rename else { return declared.columns }
    return declared.columns?.map { rename[$0] ?? $0 }
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
    switch generation {
    case .seed:
      return FieldSpec(key: declared.key, codeVersion: declared.codeVersion ?? "1", dependencies: dependencies)
    case .release01:
      if dependencies?.isEmpty == true, feature.arguments.dependencies?.isEmpty == false {
        diagnostics.append(.emptyDependencies01(of: declared))
      }
      return FieldSpec(
        key: declared.key, codeVersion: declared.codeVersion ?? FieldSpec.initialCodeVersion01,
        dependencies: dependencies ?? (declared.isOfEverything ? nil : []))
    }
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

extension Diagnostic {
  fileprivate static func since01(_ label: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "`\(label.value):` of a dependency is for generation `0.1` of Metaxy, and the project is of generation `seed`",
      at: label.location, notes: [Note("set `generation = \"0.1\"` in [ext.migrations], or remove it")])
  }

  fileprivate static func emptyDependencies01(of field: DeclaredField) -> Diagnostic {
    Diagnostic(
      .error, "the field `\(field.key)` has an empty list of dependencies, which generation `0.1` reads as none given",
      at: field.location,
      notes: [
        Note("leave it out for the fields of the same name, or write `.fields(of:_:)` with an empty list for none")
      ])
  }
}
