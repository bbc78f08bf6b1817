package import MetaxyFeatures

/// What only a definition of generation 0.1 has.
package struct Details01: Sendable, Hashable {
  /// The description in the spec; for a Swift feature, its documentation comment.
  package var description: String?
  /// The version of spec and columns, as the program that exported the feature computed it; nil to compute it here.
  package var definitionVersion: String?
  /// The JSON Schema of the columns, as the program that exported the feature records it; nil to make it here.
  package var schema: JSONValue?
  /// Whether the feature belongs to another project, which manages its table.
  package var isExternal = false
  /// Versions of fields of an external feature, which are taken as they are.
  package var fieldVersions: [FieldKey: String] = [:]

  package init() {}
}
