import MetaxyErrors
import MetaxyFeatures

/// The rules for a feature's attributes: additional members of its spec, which must not be members of every spec.
enum SpecAttributes {
  /// The members of every spec, in Metaxy's order.
  static let ownMembers = ["key", "deps", "fields", "metadata", "id_columns"]

  static func problems(of feature: FeatureDefinition) -> [Diagnostic] {
    guard let attributes = feature.attributes else { return [] }
    guard case .object = attributes else {
      return [
        Diagnostic(
          .error, "the attributes of `\(feature.key)` must be an object: they are members of its spec",
          at: feature.source)
      ]
    }
    return feature.attributeMembers.filter { ownMembers.containsExactly($0.name) }.map { member in
      Diagnostic(
        .error, "`\(feature.key)` has an attribute `\(member.name)`, which every spec has already", at: feature.source)
    }
  }
}
