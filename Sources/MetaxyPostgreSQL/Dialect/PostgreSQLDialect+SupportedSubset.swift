internal import MetaxyFeatures
internal import MetaxyNames
package import MetaxySchema

// The part of a schema that PostgreSQL supports.
extension PostgreSQLDialect {
  /// Removes `STRICT`, `WITHOUT ROWID`, `ON CONFLICT` and SQLite's collations. A key that SQLite numbers automatically
  /// becomes an identity.
  ///
  /// A virtual generated column stays virtual: a stored one would be something else, so the renderer refuses it.
  package func supportedSubset(of schema: Schema) -> Schema { schema.mapTables { $0.knownToPostgreSQL } }
}

extension Table {
  fileprivate var knownToPostgreSQL: Table {
    var table = self
    table.comment = comment?.knownToPostgreSQL
    table.options.removeAll { $0 != .unlogged }
    // Of columns that stay as they are, no copy is made.
    if primaryKey?.isAutoincrement == true || !columns.allSatisfy(\.isKnown) {
      for index in table.columns.indices { table.columns[index].know(isNumbered: numbers(table.columns[index])) }
    }
    table.primaryKey?.know()
    for index in table.uniques.indices { table.uniques[index].know() }
    for index in table.checks.indices { table.checks[index].comment = checks[index].comment?.knownToPostgreSQL }
    for index in table.foreignKeys.indices { table.foreignKeys[index].know() }
    for index in table.exclusions.indices {
      table.exclusions[index].comment = exclusions[index].comment?.knownToPostgreSQL
    }
    for index in table.indexes.indices { table.indexes[index].know() }
    return table
  }

  private func numbers(_ column: Column) -> Bool {
    primaryKey?.isAutoincrement == true && primaryKey?.columns.first?.folded == column.name.folded
  }
}

extension Column {
  fileprivate var isKnown: Bool {
    onConflict == nil && comment == comment?.knownToPostgreSQL && collation == collation?.knownToPostgreSQLAsCollation
  }

  fileprivate mutating func know(isNumbered: Bool) {
    onConflict = nil
    comment = comment?.knownToPostgreSQL
    collation = collation?.knownToPostgreSQLAsCollation
    if isNumbered, identity == nil { identity = Identity(.byDefault) }
  }
}

extension PrimaryKey {
  fileprivate mutating func know() {
    onConflict = nil
    isAutoincrement = false
    elements = elements.plain
    comment = comment?.knownToPostgreSQL
  }
}

extension UniqueConstraint {
  fileprivate mutating func know() {
    onConflict = nil
    elements = elements.plain
    comment = comment?.knownToPostgreSQL
  }
}

extension ForeignKey {
  fileprivate mutating func know() {
    comment = comment?.knownToPostgreSQL
    // SQLite accepts any word after MATCH.
    if match?.uppercased() != "FULL" { match = nil }
  }
}

extension Index {
  fileprivate mutating func know() {
    comment = comment?.knownToPostgreSQL
    if method == "btree" { method = nil }
    for index in elements.indices {
      elements[index].collation = elements[index].collation?.knownToPostgreSQLAsCollation
    }
  }
}

extension [IndexElement] {
  /// The columns of a key; their order and collation are those of the columns.
  fileprivate var plain: [IndexElement] { map { IndexElement($0.term) } }
}

extension String {
  /// nil for an empty comment, which PostgreSQL removes. https://www.postgresql.org/docs/current/sql-comment.html
  fileprivate var knownToPostgreSQL: String? { isEmpty ? nil : self }

  fileprivate var knownToPostgreSQLAsCollation: String? {
    ["binary", "nocase", "rtrim"].contains(folded) ? nil : self
  }
}
