import MetaxyErrors

/// A feature's ID columns, and who says so.
struct IDColumns {
  enum Origin {
    case feature
    case base(DeclaredType)
    case defaults
  }

  var names: [Located<String>]
  var origin: Origin

  /// Metaxy's own when nobody says.
  static let defaultName = "sample_uid"

  /// The feature's own, else its base's, else the default.
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
