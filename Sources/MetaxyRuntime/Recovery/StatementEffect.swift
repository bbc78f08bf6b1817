internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL

/// The objects that a statement creates, drops or renames, as far as its text shows.
///
/// A catalog shows whether such a statement ran. A change of a default or of rows leaves no such trace.
struct StatementEffect: Hashable {
  /// An object, and whether it exists after the statement.
  struct Change: Hashable {
    var object: CatalogObject
    var exists: Bool
  }

  private(set) var changes: [Change] = []

  /// Nil for a statement that does anything else.
  init?(_ tokens: [SQLToken], _ lexicon: Lexicon) {
    var words = TokenReader(tokens, foldsNames: lexicon.foldsNames)
    if words.skip("DROP") {
      guard readDrop(&words) else { return nil }
    } else if words.skip("CREATE") {
      guard readCreate(&words) else { return nil }
    } else if words.skip("ALTER", "TABLE") {
      guard readAlterTable(&words) else { return nil }
    } else if words.skip("ALTER", "INDEX") {
      guard let old = words.qualifiedName(), words.skip("RENAME", "TO"), let new = words.name() else { return nil }
      changes = [
        Change(object: .index(old), exists: false),
        Change(object: .index(TableName(new, schema: old.schema)), exists: true),
      ]
    } else {
      return nil
    }
    if changes.isEmpty { return nil }
  }

  private static func kind(_ words: inout TokenReader) -> ((TableName) -> CatalogObject)? {
    _ = words.skip("UNLOGGED") || words.skip("UNIQUE") || words.skip("MATERIALIZED")
    if words.skip("TABLE") { return CatalogObject.table }
    if words.skip("VIEW") { return CatalogObject.view }
    if words.skip("INDEX") { return CatalogObject.index }
    if words.skip("SEQUENCE") { return CatalogObject.sequence }
    if words.skip("TYPE") || words.skip("DOMAIN") { return CatalogObject.type }
    if words.skip("SCHEMA") { return { .schema($0.name) } }
    return nil
  }

  private mutating func readDrop(_ words: inout TokenReader) -> Bool {
    guard let kind = Self.kind(&words) else { return false }
    _ = words.skip("CONCURRENTLY")
    _ = words.skip("IF", "EXISTS")
    repeat {
      guard let name = words.qualifiedName() else { return false }
      changes.append(Change(object: kind(name), exists: false))
    } while words.skip(symbol: ",")
    return true
  }

  private mutating func readCreate(_ words: inout TokenReader) -> Bool {
    guard let kind = Self.kind(&words) else { return false }
    _ = words.skip("CONCURRENTLY")
    _ = words.skip("IF", "NOT", "EXISTS")
    guard var name = words.qualifiedName() else { return false }
    if case .index = kind(name), name.schema == nil {
      // An index without a name has `ON` here. Its schema is that of its table.
      guard name.name.uppercased() != "ON", words.skip("ON") else { return false }
      _ = words.skip("ONLY")
      name.schema = words.qualifiedName()?.schema
    }
    changes = [Change(object: kind(name), exists: true)]
    return true
  }

  private mutating func readAlterTable(_ words: inout TokenReader) -> Bool {
    _ = words.skip("IF", "EXISTS")
    _ = words.skip("ONLY")
    guard let table = words.qualifiedName() else { return false }
    repeat {
      guard readAction(&words, of: table) else { return false }
      // The rest of the action, such as a column's type.
      while let next = words.tokens.first, !next.isSymbol(",") { words.skipAny() }
    } while words.skip(symbol: ",")
    return true
  }

  private mutating func readAction(_ words: inout TokenReader, of table: TableName) -> Bool {
    if words.skip("RENAME") { return readRename(&words, of: table) }
    let adds = words.skip("ADD")
    guard adds || words.skip("DROP") else { return false }
    if words.skip("CONSTRAINT") {
      _ = words.skip("IF", "EXISTS")
      guard let name = words.name() else { return false }
      changes.append(Change(object: .constraint(name, of: table), exists: adds))
      return true
    }
    if !words.skip("COLUMN"), let next = words.tokens.first,
      next.isWord(in: "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE")
    {
      return false
    }
    _ = words.skip("IF", "NOT", "EXISTS") || words.skip("IF", "EXISTS")
    guard let name = words.name() else { return false }
    changes.append(Change(object: .column(name, of: table), exists: adds))
    return true
  }

  private mutating func readRename(_ words: inout TokenReader, of table: TableName) -> Bool {
    func note(_ old: CatalogObject, _ new: CatalogObject) {
      changes += [Change(object: old, exists: false), Change(object: new, exists: true)]
    }
    if words.skip("TO") {
      guard let name = words.name() else { return false }
      note(.table(table), .table(TableName(name, schema: table.schema)))
      return true
    }
    let isConstraint = words.skip("CONSTRAINT")
    if !isConstraint { _ = words.skip("COLUMN") }
    guard let old = words.name(), words.skip("TO"), let new = words.name() else { return false }
    note(
      isConstraint ? .constraint(old, of: table) : .column(old, of: table),
      isConstraint ? .constraint(new, of: table) : .column(new, of: table))
    return true
  }
}
