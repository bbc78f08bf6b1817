/// The storage parameters of a table or an index: `fillfactor = 70`.
///
/// Their order is kept, because the engine's catalog keeps it, but does not affect equality.
package struct StorageParameters: Sendable, ExpressibleByDictionaryLiteral {
  package private(set) var pairs: [(name: String, value: String)] = []

  package init() {}

  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { self[name] = value }
  }

  package var isEmpty: Bool { pairs.isEmpty }
  package var names: [String] { pairs.map(\.name) }

  /// The value of a parameter; a new parameter is appended, an existing one keeps its position.
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

  /// The parameters as SQL: `fillfactor = 70, autovacuum_enabled = off`.
  package var text: String { pairs.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") }

  private var values: [String: String] { Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last } }
}

extension StorageParameters: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.values == right.values }

  package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
