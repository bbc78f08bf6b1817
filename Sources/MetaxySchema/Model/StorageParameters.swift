/// What a table or an index is stored with: `fillfactor = 70`.
///
/// They are the same in any order, and keep the one they were given in, because the engine's catalog does.
package struct StorageParameters: Sendable, ExpressibleByDictionaryLiteral {
  package private(set) var pairs: [(name: String, value: String)] = []

  package init() {}

  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { self[name] = value }
  }

  package var isEmpty: Bool { pairs.isEmpty }
  package var names: [String] { pairs.map(\.name) }

  /// A new name comes last, and one that is there stays in its place.
  package subscript(name: String) -> String? {
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
  package var text: String { pairs.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") }

  private var values: [String: String] { Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last } }
}

extension StorageParameters: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.values == right.values }

  package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
