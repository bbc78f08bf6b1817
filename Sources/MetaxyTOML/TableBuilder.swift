import MetaxyErrors

/// A table of a document that is being read, with the rules on what may add to it.
final class TableBuilder {
  /// How a table was created; this decides what may add to it.
  enum Definition {
    /// Part of a longer path: `a` in `[a.b]`. A header or dotted keys may still define it.
    case implicit
    /// `[a]`; only the lines after the header add to it.
    case header
    /// `a` in `a.b = 1`; only dotted keys of the same table, and headers of tables below it.
    case dotted
  }

  enum Node {
    case value(TOMLValue)
    case table(TableBuilder)
    /// The tables of `[[a]]`, never empty; the last one is open.
    case tables([TableBuilder])
  }

  struct Entry {
    var key: KeyPart
    var node: Node
  }

  var definition: Definition
  /// The bytes of the header or key that created the table.
  var byteRange: Range<Int>
  private(set) var entries: [Entry] = []
  private var positions: [[UInt8]: Int] = [:]

  init(_ definition: Definition, byteRange: Range<Int>) {
    self.definition = definition
    self.byteRange = byteRange
  }

  subscript(key: KeyPart) -> Node? {
    get { positions[Array(key.text.utf8)].map { entries[$0].node } }
    set {
      guard let newValue else { return }
      if let position = positions[Array(key.text.utf8)] {
        entries[position].node = newValue
      } else {
        positions[Array(key.text.utf8)] = entries.count
        entries.append(Entry(key: key, node: newValue))
      }
    }
  }

  /// Returns the complete table.
  func finished(path: [String], source: SourceText) -> TOMLTable {
    TOMLTable(
      path: path,
      entries: entries.map { entry in
        TOMLEntry(
          key: entry.key.text, keyLocation: source.location(of: entry.key.byteRange.lowerBound),
          value: Self.value(of: entry.node, path: path + [entry.key.text], source: source))
      },
      sources: [source])
  }

  private static func value(of node: Node, path: [String], source: SourceText) -> TOMLValue {
    switch node {
    case .value(let value): value
    case .table(let table): table.value(path: path, source: source)
    case .tables(let tables):
      TOMLValue(
        content: .array(tables.map { $0.value(path: path, source: source) }),
        location: source.location(of: tables[0].byteRange.lowerBound), byteRange: tables[0].byteRange)
    }
  }

  private func value(path: [String], source: SourceText) -> TOMLValue {
    TOMLValue(
      content: .table(finished(path: path, source: source)),
      location: source.location(of: byteRange.lowerBound), byteRange: byteRange)
  }
}

/// One part of a key: `b` in `a.b`.
struct KeyPart {
  var text: String
  var byteRange: Range<Int>
}
