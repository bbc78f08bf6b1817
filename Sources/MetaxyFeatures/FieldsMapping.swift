/// The fields of a dependency that a field without dependencies of its own is computed from, since Metaxy 0.1.
package enum FieldsMapping: Sendable, Hashable {
  /// The parents of one field in a specific mapping.
  package struct Entry: Sendable, Hashable {
    package var field: FieldKey
    /// Sorted, each once.
    package var parents: [FieldKey]

    package init(_ field: FieldKey, _ parents: [FieldKey]) {
      self.field = field
      self.parents = Set(parents).sorted()
    }
  }

  /// The field of the same name, or else all of them, without those that are excluded.
  ///
  /// With `matchesSuffix`, a field whose last parts are the name has the same name, too.
  case sameName(matchesSuffix: Bool, excluding: [FieldKey])
  /// All fields.
  case all
  /// No field.
  case none
  /// The listed fields of the listed fields, in the order in which they are written.
  case specific([Entry])

  /// The mapping of a dependency that has none.
  package static var standard: FieldsMapping { .sameName(matchesSuffix: false, excluding: []) }
}
