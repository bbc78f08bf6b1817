package import MetaxyErrors
import MetaxyFeatures

extension FeatureGraph {
  /// Warns about fields with equal versions, where one change can hide another.
  ///
  /// Metaxy joins a key and a code version without a separator: the field `a` with code version `11` and the field `a1`
  /// with code version `1` have the same hash.
  package func collisions(in versions: GraphVersions) -> [Diagnostic] {
    var first: [String: (feature: FeatureDefinition, field: Int)] = [:]
    var diagnostics: [Diagnostic] = []
    for feature in features {
      for (position, field) in (versions[feature.key]?.fields ?? []).enumerated() {
        guard let other = first[field.version] else {
          first[field.version] = (feature, position)
          continue
        }
        diagnostics.append(Self.collision(feature, position, with: other.feature, other.field))
      }
    }
    return diagnostics.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
  }

  private static func collision(
    _ feature: FeatureDefinition, _ field: Int, with other: FeatureDefinition, _ otherField: Int
  ) -> Diagnostic {
    let reason =
      isSame(feature, field, other, otherField)
      ? "keys and code versions are hashed without a separator; use another code version for one of them"
      : "the hashes are truncated too much; use a larger `hash_truncation_length`"
    return Diagnostic(
      .warning,
      "the field `\(feature.fields[field].key)` of `\(feature.key)` has the version of the field"
        + " `\(other.fields[otherField].key)` of `\(other.key)`",
      at: feature.place(ofField: field),
      notes: [
        Diagnostic.Note("the other field is here", at: other.place(ofField: otherField)), Diagnostic.Note(reason),
      ])
  }

  /// Returns whether the fields' own parts of the hashed text are equal.
  private static func isSame(
    _ feature: FeatureDefinition, _ field: Int, _ other: FeatureDefinition, _ otherField: Int
  ) -> Bool {
    func text(_ feature: FeatureDefinition, _ field: FieldSpec) -> ScalarString {
      ScalarString("\(feature.key.text).\(field.key.text)\(field.codeVersion)")
    }
    return text(feature, feature.fields[field]) == text(other, other.fields[otherField])
  }
}
