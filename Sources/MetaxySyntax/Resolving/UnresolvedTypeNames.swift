import MetaxyErrors

/// Names that no parsed file declares yet.
struct UnresolvedTypeNames: Sendable {
  /// Last parts of type names.
  private(set) var declared: Set<String> = []
  /// Last parts of feature names; an extension may add a base to these features.
  private(set) var extended: Set<String> = []

  var isEmpty: Bool { declared.isEmpty && extended.isEmpty }

  init(of files: [FileDeclarations]) {
    let names = NameTable(files)
    for file in files {
      for feature in file.features {
        extended.insert(feature.path.last ?? "")
        need(feature.inherited, from: feature.path.dropLast(), names)
        need(feature.properties.compactMap(Self.typeName), from: feature.path[...], names)
      }
      for addition in file.extensions { need(addition.inherited, from: addition.path.dropLast(), names) }
      for type in file.types {
        switch type.kind {
        case .baseProtocol(let content): need(content.inherited, from: type.path.dropLast(), names)
        case .alias(let targets): need(targets, from: type.path.dropLast(), names)
        default: break
        }
      }
    }
  }

  private mutating func need(_ written: [Located<[String]>], from scope: ArraySlice<String>, _ names: NameTable) {
    for name in written where names.find(name.value, from: Array(scope), in: name.location.file).isUnknown {
      if let last = name.value.last { declared.insert(last) }
    }
  }

  /// Returns the name of a property's type if a declaration of the sources must define it.
  private static func typeName(of property: DeclaredProperty) -> Located<[String]>? {
    guard property.arguments.type == nil else { return nil }
    var type = property.type
    if case .optional(let wrapped) = type.shape { type = wrapped }
    guard let name = type.name, !ColumnTypes.isQualified(name) else { return nil }
    return Located(name, at: type.location)
  }
}
