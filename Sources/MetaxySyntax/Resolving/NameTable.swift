import MetaxyErrors

/// The types of all sources; looks names up as Swift does, from the innermost scope outwards.
struct NameTable {
  enum Answer {
    case found(DeclaredType)
    /// Several types with the name, all equally near.
    case ambiguous([DeclaredType])
    case unknown
  }

  private let types: [[String]: [DeclaredType]]
  /// The names of all features' types, for suggestions.
  let featureNames: [String]

  init(_ files: [FileDeclarations]) {
    let all = files.flatMap(\.types)
    types = Dictionary(grouping: all, by: \.path)
    featureNames = files.flatMap(\.features).map(\.typeName)
  }

  /// Looks up `name` as written inside the types `scope` of `file`.
  func find(_ name: [String], from scope: [String], in file: String) -> Answer {
    for depth in stride(from: scope.count, through: 0, by: -1) {
      let answer = exact(Array(scope.prefix(depth)) + name, seenFrom: file)
      if case .unknown = answer { continue }
      return answer
    }
    // `Module.Type`: the first part can be the name of a module if no type has it.
    guard name.count > 1, types[[name[0]]] == nil else { return .unknown }
    return exact(Array(name.dropFirst()), seenFrom: file)
  }

  /// Looks up the type with exactly this path.
  func exact(_ path: [String], seenFrom file: String) -> Answer {
    let visible = (types[path] ?? []).filter { !$0.scope.isFilePrivate || $0.location.file == file }
    let nearest = Self.nearest(visible, to: file)
    switch nearest.count {
    case 0: return .unknown
    case 1: return .found(nearest[0])
    default: return .ambiguous(nearest)
    }
  }

  /// Returns the types whose files share the most directories with `file`: those of the same module come first,
  /// although modules are not known here.
  private static func nearest(_ types: [DeclaredType], to file: String) -> [DeclaredType] {
    guard types.count > 1 else { return types }
    let own = file.split(separator: "/")
    let shared = types.map { type in
      type.location.file == file
        ? Int.max : zip(own.dropLast(), type.location.file.split(separator: "/").dropLast()).prefix { $0 == $1 }.count
    }
    let most = shared.max()
    return zip(types, shared).filter { $0.1 == most }.map(\.0)
  }
}

extension NameTable.Answer {
  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// Returns the error for several types with one name.
  static func ambiguity(of name: [String], _ types: [DeclaredType], at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "`\(name.joined(separator: "."))` could be several types", at: location,
      notes: types.map { Diagnostic.Note("one of them", at: $0.location) })
  }
}
