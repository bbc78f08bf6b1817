internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// What a trigger will do when it fires.
///
/// SQLite asks its authorizer about the statements of a trigger only when something makes it fire, which may be long after
/// the revision that created it, and in another program. So they are read where it is created.
enum TriggerBody {
  /// Returns the tables that the statements of a `CREATE TRIGGER` insert into, update or delete from; none for every other
  /// statement.
  static func changedTables(_ statement: [SQLToken]) -> [TableName] {
    var words = TokenReader(statement)
    guard words.skip("CREATE") else { return [] }
    _ = words.skip("TEMP") || words.skip("TEMPORARY")
    guard words.skip("TRIGGER") else { return [] }
    while let next = words.tokens.first, !next.isWord("BEGIN") { words.skipAny() }
    _ = words.skip("BEGIN")

    var tables: [TableName] = []
    while !words.tokens.isEmpty {
      if let table = changedTable(&words) { tables.append(table) }
      while let next = words.tokens.first, !next.isSymbol(";") { words.skipAny() }
      _ = words.skip(symbol: ";")
    }
    return tables
  }

  private static func changedTable(_ words: inout TokenReader) -> TableName? {
    if words.skip("DELETE", "FROM") { return words.tableName() }
    if words.skip("REPLACE", "INTO") { return words.tableName() }
    let isUpdate = words.skip("UPDATE")
    guard isUpdate || words.skip("INSERT") else { return nil }
    if words.skip("OR") { words.skipAny() }
    return isUpdate || words.skip("INTO") ? words.tableName() : nil
  }
}
