/// What a table or an index is stored with: `fillfactor = 70`.
///
/// They are the same in any order, and keep the one they were given in, because the engine's catalog does.
public struct StorageParameters: Sendable, ExpressibleByDictionaryLiteral {
  public private(set) var pairs: [(name: String, value: String)] = []

  public init() {}

  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { self[name] = value }
  }

  public var isEmpty: Bool { pairs.isEmpty }
  public var names: [String] { pairs.map(\.name) }

  /// A new name comes last, and one that is there stays in its place.
  public subscript(name: String) -> String? {
    get { pairs.first { $0.name == name }?.value }
    set {
      let place = pairs.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): pairs[place].value = value
      case (let place?, nil): pairs.remove(at: place)
      case (nil, let value?): pairs.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// `fillfactor = 70, autovacuum_enabled = off`.
  public var text: String { pairs.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") }

  private var values: [String: String] { Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last } }
}

extension StorageParameters: Hashable {
  public static func == (left: Self, right: Self) -> Bool { left.values == right.values }

  public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
