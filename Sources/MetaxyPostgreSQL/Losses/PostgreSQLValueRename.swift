internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// An UPDATE that gives a value of an enumeration another spelling, beside the change of the check that lists the values. It
/// loses nothing if no row had the new value before.
struct PostgreSQLValueRename {
  private let update: ValueUpdate
  /// The table and its children, and whether only the statement itself changes their rows.
  private let family: [Int64: Bool]

  /// Nil for any other statement, and if rows that differ become the same. Read before the statement runs.
  ///
  /// - Parameter following: the later statements of the section.
  init?(
    _ statement: [SQLToken], before following: ArraySlice<[SQLToken]>, _ connection: PostgreSQLMigrationConnection
  ) throws(MetaxyError) {
    guard let update = ValueUpdate(statement, foldsNames: true),
      following.contains(where: { Self.adds(checkOf: update, $0) })
    else { return nil }
    let name = SQLText.identifier(update.table)
    guard try connection.query("SELECT to_regclass($1::text)", [.text(name)]).first?.first?.text != nil else {
      return nil
    }
    let column = SQLText.identifier(update.column)
    let (old, new) = (SQLText.literal(update.old), SQLText.literal(update.new))
    // A type or collation that takes two spellings for one value would lose the other.
    let others =
      "SELECT 1 FROM \(name) WHERE \(column) = \(new) OR \(column) = \(old) AND \(column)::text COLLATE \"C\" <> \(old) LIMIT 1"
    guard try connection.query(others).isEmpty else { return nil }
    self.update = update
    family = try PostgreSQLBackfill.family(of: update.table, connection)
  }

  /// Whether a statement adds the check that lists the new value, and not the old one.
  private static func adds(checkOf update: ValueUpdate, _ statement: [SQLToken]) -> Bool {
    var words = TokenReader(statement, foldsNames: true)
    guard words.skip("ALTER", "TABLE"), words.qualifiedName() == update.table, words.skip("ADD") else { return false }
    while let next = words.tokens.first, !next.isWord("CHECK") { words.skipAny() }
    guard words.skip("CHECK"), let check = AllowedValues(words.parenthesised(), foldsNames: true) else { return false }
    return check.column == update.column && check.values.contains(update.new) && !check.values.contains(update.old)
  }

  /// Returns a condition that holds for an updated row in which a column only got the new spelling; nil for other columns.
  func condition(on column: String, of table: Int64) -> String? {
    guard column == update.column, family[table] != nil else { return nil }
    func text(_ row: String) -> String { "\(row).\(SQLText.identifier(column))::text COLLATE \"C\"" }
    return "\(text("OLD")) = \(SQLText.literal(update.old)) AND \(text("NEW")) = \(SQLText.literal(update.new))"
  }

  /// The changes besides its own updates.
  func unexplained(_ changes: [PostgreSQLTableChange]) -> [PostgreSQLTableChange] {
    changes.filter { change in
      guard case .updatedRows(_, table: let number) = change else { return true }
      return family[number] != true
    }
  }
}
