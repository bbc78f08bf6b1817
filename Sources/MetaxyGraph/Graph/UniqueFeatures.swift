import MetaxyErrors
import MetaxyFeatures

/// The rule that keys are unique: those of features in a graph and those of fields in a feature.
enum UniqueFeatures {
  /// Returns the definitions sorted by key, the first one for each key, with an error for every duplicate.
  ///
  /// The project's own feature replaces an external one of the same key.
  static func select(
    from definitions: [FeatureDefinition]
  ) -> (features: [FeatureDefinition], diagnostics: [Diagnostic]) {
    var features: [FeatureDefinition] = []
    var diagnostics: [Diagnostic] = []
    for definition in definitions.sorted(by: isOrdered) {
      diagnostics += repeatedFields(of: definition)
      if let first = features.last, first.key == definition.key {
        guard !definition.details01.isExternal else { continue }
        diagnostics.append(
          Diagnostic(
            .error, "the feature `\(definition.key)` is declared twice", at: definition.source,
            notes: [Diagnostic.Note("`\(first.typeName)` declares it first", at: first.source)]))
      } else {
        features.append(definition)
      }
    }
    return (features, diagnostics)
  }

  /// Sorts by key; in each, the project's own features come first.
  private static func isOrdered(_ left: FeatureDefinition, _ right: FeatureDefinition) -> Bool {
    func rank(_ definition: FeatureDefinition) -> Int { definition.details01.isExternal ? 1 : 0 }
    return (left.key, rank(left), left.source) < (right.key, rank(right), right.source)
  }

  private static func repeatedFields(of definition: FeatureDefinition) -> [Diagnostic] {
    var first: [FieldKey: Int] = [:]
    var diagnostics: [Diagnostic] = []
    for (position, field) in definition.fields.enumerated() {
      guard let earlier = first[field.key] else {
        first[field.key] = position
        continue
      }
      diagnostics.append(
        Diagnostic(
          .error, "`\(definition.key)` has the field `\(field.key)` twice", at: definition.place(ofField: position),
          notes: [Diagnostic.Note("it is declared here first", at: definition.place(ofField: earlier))]))
    }
    return diagnostics
  }
}
