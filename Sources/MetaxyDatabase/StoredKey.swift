/// A unique key of a table: a primary key, a unique constraint or a unique index.
package struct StoredKey: Sendable, Hashable {
  /// A column of a key.
  package struct Column: Sendable, Hashable {
    package let name: String
    /// Whether rows may have NULL in it, which is unequal to NULL in a key.
    package let isNullable: Bool

    package init(name: String, isNullable: Bool) {
      self.name = name
      self.isNullable = isNullable
    }
  }

  package var columns: [Column]

  package init(columns: [Column]) { self.columns = columns }
}

extension StoredKey {
  /// Returns the keys of rows that have a key's identifier, a column's name, and 1 if the column may be NULL; sorted by key.
  /// A key with a part that has no name is left out.
  package static func keys(from rows: [[SQLValue]]) -> [StoredKey] {
    var keys: [(id: SQLValue, columns: [Column?])] = []
    for row in rows {
      if keys.last?.id != row[0] { keys.append((row[0], [])) }
      keys[keys.count - 1].columns.append(
        row[1].text.map { Column(name: $0, isNullable: row[2].integer == 1) })
    }
    return keys.compactMap { key in
      let columns = key.columns.compactMap(\.self)
      return columns.count == key.columns.count ? StoredKey(columns: columns) : nil
    }
  }
}
