import MetaxyErrors

/// A feature's ID columns and the declaration that they come from.
struct IDColumns {
  enum Origin {
    case feature
    case base(DeclaredType)
    case defaults
  }

  var names: [Located<String>]
  var origin: Origin

  /// Metaxy's default ID column.
  static let defaultName = "sample_uid"

  /// Takes the feature's own ID columns, or its base's, or the default.
  init(of feature: DeclaredFeature, bases: BaseResolution) {
    if let own = feature.arguments.idColumns {
      (names, origin) = (own, .feature)
    } else if let fact = bases.idColumns.first {
      (names, origin) = (fact.value, .base(fact.base))
    } else {
      (names, origin) = ([Located(Self.defaultName, at: feature.location)], .defaults)
    }
  }
}
