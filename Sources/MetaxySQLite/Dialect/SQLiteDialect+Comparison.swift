package import MetaxyFeatures
internal import MetaxySQL
internal import MetaxySQLiteDriver
package import MetaxySchema

// SQLite's rules of equality.
extension SQLiteDialect {
  /// Removes comments, schemas, user-defined types, and index methods, which SQLite does not support.
  package func supportedSubset(of schema: Schema) -> Schema {
    var known = schema.withoutSchemas
    known.enums = [:]
    known.sequences = [:]
    known.namespaces = []
    known.materializedViews = [:]
    return known.mapTables { self.supportedSubset(of: $0) }
  }

  private func supportedSubset(of table: Table) -> Table {
    var table = table
    table.comment = nil
    table.storage = [:]
    table.settings = TableSettings()
    table.policies = []
    table.options.removeAll { $0 == .unlogged }
    // Of columns that stay as they are, no copy is made.
    if !table.columns.allSatisfy(\.isKnown) {
      for index in table.columns.indices { table.columns[index].known() }
    }
    table.primaryKey?.known()
    for index in table.uniques.indices { table.uniques[index].known() }
    for index in table.checks.indices { table.checks[index].known() }
    for index in table.foreignKeys.indices { table.foreignKeys[index].known() }
    for index in table.indexes.indices { table.indexes[index].known() }
    return table
  }

  package func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool {
    guard left != right else { return true }
    let (left, right) = (comparable(left, in: options), comparable(right, in: options))
    return left == right || normalised(left) == normalised(right)
  }

  /// A default cannot refer to a column, so that a name in double quotes is a string.
  package func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool {
    func plain(_ value: ColumnDefault) -> String {
      let written = text(of: value)
      // A text that cannot be tokenised is compared as it is.
      return (try? TableExpression(table: "", columns: []).plain(written)) ?? written
    }
    return isSame(text: left.map(plain), right.map(plain))
  }

  package func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool {
    isSame(text: left.text(for: name), right.text(for: name))
  }

  package func isSame(collation left: String?, _ right: String?) -> Bool {
    (left ?? "BINARY").uppercased() == (right ?? "BINARY").uppercased()
  }

  /// Returns whether the column is the rowid: `INTEGER PRIMARY KEY`, for which SQLite numbers a row without a value.
  /// https://sqlite.org/lang_createtable.html#rowid
  package func neverHoldsNull(_ column: Column, of table: Table) -> Bool {
    guard let key = table.primaryKey, key.elements.count == 1, !key.elements[0].isDescending,
      case .column(let name) = key.elements[0].term, folded(name) == folded(column.name)
    else { return false }
    return normalised(comparable(column.type, in: table.options)) == "INTEGER" && !table.options.contains(.withoutRowID)
  }

  /// Returns whether two texts have equal tokens; texts that cannot be tokenised are equal only if they are identical.
  private func isSame(text left: String?, _ right: String?) -> Bool {
    let left = left.flatMap { $0.uppercased() == "NULL" ? nil : $0 }
    let right = right.flatMap { $0.uppercased() == "NULL" ? nil : $0 }
    guard let left, let right, left != right else { return left == right }
    guard let first = try? ExpressionTokens(left, lexicon: lexicon),
      let second = try? ExpressionTokens(right, lexicon: lexicon)
    else { return false }
    return first == second
  }

  package func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool { left == right }

  /// Ignores `DEFERRABLE` alone: SQLite cannot change in a transaction when a key is enforced.
  /// https://sqlite.org/foreignkeys.html#fk_deferred
  package func isSame(_ left: ConstraintDeferral, _ right: ConstraintDeferral) -> Bool {
    (left == .initiallyDeferred) == (right == .initiallyDeferred)
  }

  package func isSame(_ left: ConflictResolution?, _ right: ConflictResolution?) -> Bool { left == right }

  private func comparable(_ type: ColumnType, in options: [TableOption]) -> String {
    // A name that STRICT does not allow differs from every other, as it does elsewhere.
    (try? typeName(of: type, in: options)) ?? SQLiteTypes.name(of: type)
  }

  /// Returns a type's name for comparison: letter case and white space do not count, and DECIMAL equals NUMERIC.
  private func normalised(_ type: String) -> String {
    let comparable = type.filter { !$0.isWhitespace }.uppercased()
    return comparable.hasPrefix("DECIMAL") ? "NUMERIC" + comparable.dropFirst("DECIMAL".count) : comparable
  }
}

// The parts of a schema that SQLite does not support.

extension Column {
  fileprivate var isKnown: Bool { comment == nil && identity == nil && storage.isOmitted }

  fileprivate mutating func known() {
    comment = nil
    identity = nil
    storage = .omitted
  }
}

extension PrimaryKey {
  fileprivate mutating func known() {
    comment = nil
    includes = []
    storage = [:]
    deferral = .notDeferrable
  }
}

extension UniqueConstraint {
  fileprivate mutating func known() {
    comment = nil
    includes = []
    storage = [:]
    deferral = .notDeferrable
    nullsAreEqual = false
  }
}

extension CheckConstraint {
  fileprivate mutating func known() {
    comment = nil
    isValidated = true
    isInherited = true
  }
}

extension ForeignKey {
  fileprivate mutating func known() {
    comment = nil
    isValidated = true
    columnsSetOnDelete = []
  }
}

extension Index {
  fileprivate mutating func known() {
    comment = nil
    method = nil
    includes = []
    nullsAreEqual = false
    storage = [:]
    for index in elements.indices {
      elements[index].nullsFirst = nil
      elements[index].operatorClass = nil
    }
  }
}
