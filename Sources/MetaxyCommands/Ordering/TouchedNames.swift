internal import MetaxyNames

/// Names of tables and other objects, in lower case. A name without a schema may be one in any schema.
struct TouchedNames {
  private var schemas: [String: Set<TableName>] = [:]

  var isEmpty: Bool { schemas.isEmpty }
  var all: [TableName] { schemas.values.flatMap(\.self) }
  /// The names without schemas.
  var names: some Sequence<String> { schemas.keys }

  mutating func formUnion(_ names: some Sequence<TableName>) {
    for name in names {
      let folded = TableName(name.name.folded, schema: name.schema?.folded)
      schemas[folded.name, default: []].insert(folded)
    }
  }

  /// Returns those that may also be among others; the time depends on the smaller of the two.
  func shared(with other: TouchedNames) -> [TableName] {
    guard schemas.count <= other.schemas.count else { return other.shared(with: self) }
    return all.filter { name in
      other.schemas[name.name]?.contains { $0.schema == nil || name.schema == nil || $0.schema == name.schema } ?? false
    }
  }

  /// Returns those with one of these names, in whatever schema.
  func all(named names: Set<String>) -> [TableName] {
    guard names.count > schemas.count else { return names.flatMap { schemas[$0] ?? [] } }
    return schemas.filter { names.contains($0.key) }.values.flatMap(\.self)
  }
}
