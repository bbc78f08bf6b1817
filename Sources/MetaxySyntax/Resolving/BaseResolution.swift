import MetaxyErrors
import MetaxyFeatures

/// The values that a feature gets from its protocols, directly or through other protocols.
///
/// The nearest protocol with a value wins. Different values from equally near protocols are an error.
struct BaseResolution {
  /// A value from a base, with its location.
  struct Fact<Value: Sendable & Hashable>: Sendable {
    var value: Value
    var base: DeclaredType
  }

  private(set) var idColumns: [Fact<[Located<String>]>] = []
  private(set) var attributes: [Fact<JSONValue>] = []
  private(set) var diagnostics: [Diagnostic] = []
  private let names: NameTable

  init(of feature: DeclaredFeature, extensions: [[String]: [DeclaredExtension]], names: NameTable) {
    self.names = names
    var level = feature.inherited.map { Reference(name: $0, scope: feature.path.dropLast()) }
    for addition in extensions[feature.path] ?? [] {
      level += addition.inherited.map { Reference(name: $0, scope: feature.path.dropLast()) }
    }
    var visited: Set<[String]> = []
    while !level.isEmpty {
      let found = level.flatMap { protocols($0) }.filter { visited.insert($0.type.path).inserted }
      take(found)
      level = found.flatMap { base in
        base.content.inherited.map { Reference(name: $0, scope: base.type.path.dropLast()) }
      }
    }
  }

  private struct Reference {
    var name: Located<[String]>
    var scope: ArraySlice<String>
  }

  private typealias Found = (type: DeclaredType, content: DeclaredProtocol)

  /// Returns the protocols that a name refers to: one, several through a typealias, or none for those of other
  /// packages.
  private mutating func protocols(_ reference: Reference) -> [Found] {
    var found: [Found] = []
    var pending = [reference]
    var followed: Set<[String]> = []
    while let next = pending.popLast() {
      switch names.find(next.name.value, from: Array(next.scope), in: next.name.location.file) {
      case .unknown: break
      case .ambiguous(let types):
        diagnostics.append(NameTable.Answer.ambiguity(of: next.name.value, types, at: next.name.location))
      case .found(let type):
        if case .baseProtocol(let content) = type.kind { found.append((type, content)) }
        if case .alias(let targets) = type.kind, followed.insert(type.path).inserted {
          pending += targets.map { Reference(name: $0, scope: type.path.dropLast()) }
        }
      }
    }
    return found
  }

  private mutating func take(_ protocols: [Found]) {
    if idColumns.isEmpty {
      idColumns = protocols.compactMap { found in
        found.content.base?.idColumns.map { Fact(value: $0, base: found.type) }
      }
    }
    if attributes.isEmpty {
      attributes = protocols.compactMap { found in
        found.content.base?.attributes.map { Fact(value: $0, base: found.type) }
      }
    }
  }
}
