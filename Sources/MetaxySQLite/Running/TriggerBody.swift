internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// The statements of a trigger.
///
/// SQLite calls its authorizer for a trigger's statements only when a statement fires the trigger, possibly long after
/// the revision that created it and in another program. So they are checked when the trigger is created.
enum TriggerBody {
  /// Returns the tables that a `CREATE TRIGGER` inserts into, updates or deletes from; empty for every other statement.
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
