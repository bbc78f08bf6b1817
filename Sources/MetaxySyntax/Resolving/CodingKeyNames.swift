import MetaxyErrors

/// The names under which a feature's properties are coded: those of its `CodingKeys`, or the properties' own names.
struct CodingKeyNames {
  static let typeName = "CodingKeys"

  /// The coded names by property name; nil without known `CodingKeys`.
  private var names: [String: String]?
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter isCodedByHand: whether the type has hand-written coding, whose names cannot be determined.
  init(of feature: DeclaredFeature, names table: NameTable, isCodedByHand: Bool) {
    guard
      case .found(let keys) = table.exact(feature.path + [Self.typeName], seenFrom: feature.location.file)
    else { return }
    if let reason = Self.problem(of: keys) {
      diagnostics = [
        Diagnostic(.error, "`\(Self.typeName)` of `\(feature.typeName)` \(reason)", at: keys.location)
      ]
    } else if case .enumeration(let enumeration) = keys.kind {
      let known = Dictionary(enumeration.cases.map { ($0.name, $0.rawValue) }) { first, _ in first }
      names = known
      guard !isCodedByHand else { return }
      diagnostics = feature.properties.filter { known[$0.name] == nil }.map { Self.missing($0, from: keys) }
    }
  }

  /// Returns why the keys cannot be determined; nil if they can, and for types that the compiler does not use for
  /// coding.
  private static func problem(of keys: DeclaredType) -> String? {
    switch keys.kind {
    case .alias: "is a typealias, which is not followed: declare the enumeration itself"
    case .enumeration(let enumeration):
      enumeration.problem?.value ?? keys.scope.condition.map { _ in "is inside `#if`" }
    case .feature, .baseProtocol, .other: nil
    }
  }

  subscript(property: DeclaredProperty) -> String { names?[property.name] ?? property.name }

  private static func missing(_ property: DeclaredProperty, from keys: DeclaredType) -> Diagnostic {
    Diagnostic(
      .error,
      "`\(property.name)` is not among the `\(typeName)`, so its column would never be written:"
        + " add it to them, or mark it `@Transient`",
      at: property.location, notes: [Diagnostic.Note("the keys are declared here", at: keys.location)])
  }
}
