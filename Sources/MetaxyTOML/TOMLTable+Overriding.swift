extension TOMLTable {
  /// Returns this table with the entries of `other`: its values replace those of this table, its arrays are appended, and
  /// the entries of its tables are added or replace those of the same table.
  package func overridden(by other: TOMLTable) -> TOMLTable {
    merged(with: other) { old, new in
      switch (old.content, new.content) {
      case (.table(let old), .table(let table)):
        TOMLValue(
          content: .table(old.merged(with: table) { $1 }), location: new.location, byteRange: new.byteRange)
      case (.array(let old), .array(let values)):
        TOMLValue(content: .array(old + values), location: new.location, byteRange: new.byteRange)
      default: new
      }
    }
  }

  private func merged(with other: TOMLTable, _ combine: (TOMLValue, TOMLValue) -> TOMLValue) -> TOMLTable {
    let own = entries.map { entry in
      guard let new = other[entry.key] else { return entry }
      return TOMLEntry(key: new.key, keyLocation: new.keyLocation, value: combine(entry.value, new.value))
    }
    return TOMLTable(
      path: other.path, entries: own + other.entries.filter { self[$0.key] == nil }, sources: other.sources + sources)
  }
}
