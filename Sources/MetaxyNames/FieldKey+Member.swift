package import MetaxyFeatures

extension FieldKey {
  /// The name of the field in the JSON objects of a row since Metaxy 0.1: its parts joined by `_`.
  package var memberName: String { parts.joined(separator: "_") }
}
