/// The fields of a dependency that a field without dependencies of its own is computed from, since Metaxy 0.1.
///
/// ```swift
/// .feature(Video.self, fieldsMapping: .sameName(matchesSuffix: true, excluding: ["audio/raw"]))
/// .feature(Video.self, fieldsMapping: .specific(["faces": ["frames"], "words": ["audio/left", "audio/right"]]))
/// ```
public enum FieldsMapping: Sendable, Hashable {
  /// The parents of one field in a specific mapping.
  public struct Entry: Sendable, Hashable {
    /// The field of the feature.
    public var field: FieldKey
    /// The fields of the dependency, sorted, each once.
    public private(set) var parents: [FieldKey]

    /// Creates an entry from the fields of the dependency in any order.
    public init(_ field: FieldKey, _ parents: [FieldKey]) {
      self.field = field
      self.parents = Set(parents).sorted()
    }
  }

  /// The field of the same name, or else all of them, without those that are excluded.
  ///
  /// With `matchesSuffix`, a field whose last parts are the name has the same name, too: `french` is computed from
  /// `audio/french`.
  case sameName(matchesSuffix: Bool = false, excluding: [FieldKey] = [])
  /// All fields.
  case all
  /// No field.
  case none
  /// The listed fields of the listed fields, in the order in which they are written.
  case specific([Entry])

  /// The mapping of a dependency that has none.
  package static var standard: FieldsMapping { .sameName() }

  /// Returns a mapping of the listed fields only: `.specific(["faces": ["frames"]])`.
  public static func specific(_ parents: KeyValuePairs<FieldKey, [FieldKey]>) -> FieldsMapping {
    .specific(parents.map { Entry($0.key, $0.value) })
  }
}
