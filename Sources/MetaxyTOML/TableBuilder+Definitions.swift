/// A header or key that conflicts with an earlier one.
struct DefinitionConflict: Error {
  var message: String
  var key: KeyPart
}

extension TableBuilder {
  /// Opens the table of the header `[a.b.c]`.
  func openTable(_ path: [KeyPart], header: Range<Int>) throws(DefinitionConflict) -> TableBuilder {
    let (parent, key) = try parentOfHeader(path)
    switch parent[key] {
    case nil:
      let table = TableBuilder(.header, byteRange: header)
      parent[key] = .table(table)
      return table
    case .table(let table) where table.definition == .implicit:
      table.definition = .header
      table.byteRange = header
      return table
    case .table: throw DefinitionConflict(message: "table `\(path.displayText)` is defined twice", key: key)
    case .tables: throw DefinitionConflict(message: "`\(path.displayText)` is an array of tables already", key: key)
    case .value: throw DefinitionConflict(message: "`\(path.displayText)` has a value already", key: key)
    }
  }

  /// Appends a table for the header `[[a.b.c]]`.
  func appendTable(_ path: [KeyPart], header: Range<Int>) throws(DefinitionConflict) -> TableBuilder {
    let (parent, key) = try parentOfHeader(path)
    let table = TableBuilder(.header, byteRange: header)
    switch parent[key] {
    case nil: parent[key] = .tables([table])
    case .tables(let tables): parent[key] = .tables(tables + [table])
    case .table: throw DefinitionConflict(message: "`\(path.displayText)` is a table already", key: key)
    case .value: throw DefinitionConflict(message: "`\(path.displayText)` has a value already", key: key)
    }
    return table
  }

  /// Sets the value of the key `a.b.c`.
  func set(_ path: [KeyPart], to value: TOMLValue) throws(DefinitionConflict) {
    var table = self
    for (position, key) in path.dropLast().enumerated() {
      table = try table.dottedTable(key, displayText: path[...position].displayText)
    }
    guard let key = path.last else { return }
    guard table[key] == nil else {
      throw DefinitionConflict(message: "`\(path.displayText)` is set twice", key: key)
    }
    table[key] = .value(value)
  }

  /// Returns the table that contains the last key of a header's path; creates the missing tables of the path.
  private func parentOfHeader(_ path: [KeyPart]) throws(DefinitionConflict) -> (TableBuilder, KeyPart) {
    var table = self
    for (position, key) in path.dropLast().enumerated() {
      switch table[key] {
      case nil:
        let next = TableBuilder(.implicit, byteRange: key.byteRange)
        table[key] = .table(next)
        table = next
      case .table(let next): table = next
      case .tables(let tables): table = tables[tables.count - 1]
      case .value:
        throw DefinitionConflict(
          message: "`\(path[...position].displayText)` has a value that cannot be added to", key: key)
      }
    }
    return (table, path[path.count - 1])
  }

  private func dottedTable(_ key: KeyPart, displayText: String) throws(DefinitionConflict) -> TableBuilder {
    switch self[key] {
    case nil:
      let table = TableBuilder(.dotted, byteRange: key.byteRange)
      self[key] = .table(table)
      return table
    case .table(let table) where table.definition != .header:
      table.definition = .dotted
      return table
    case .table:
      throw DefinitionConflict(message: "table `\(displayText)` has a header, dotted keys cannot add to it", key: key)
    case .tables:
      throw DefinitionConflict(
        message: "`\(displayText)` is an array of tables, dotted keys cannot add to it", key: key)
    case .value: throw DefinitionConflict(message: "`\(displayText)` has a value that cannot be added to", key: key)
    }
  }
}

extension Collection<KeyPart> {
  /// The key in TOML syntax.
  var displayText: String { map { TOMLText.key($0.text) }.joined(separator: ".") }
}
