package import MetaxyNames
package import MetaxyRuntime
package import MetaxySQL

// The potential losses of statements, read from their tokens. The runner then checks whether there is data to lose.
extension SQLiteDialect {
  package func losses(of section: [[SQLToken]]) -> [(statement: Int, loss: PotentialLoss)] {
    var created: Set<TableName> = []
    let renames = tableRenames(in: section)
    return section.enumerated().flatMap { index, statement in
      if let table = createdTable(statement) { created.insert(table) }
      return losses(of: statement).filter { $0.tableName.map { !created.contains($0.folded) } ?? true }.map { loss in
        guard case .table(let table) = loss,
          let rename = renames[table.name.folded]?.first(where: { $0.place > index }),
          let kept = columns(of: rename.old, replacing: table, in: section[..<index])
        else { return (index, loss) }
        return (index, .replacement(of: table, keeping: kept))
      }
    }
  }

  package func renamedTable(_ statement: [SQLToken]) -> TableName? {
    var words = TokenReader(statement)
    guard words.skip("ALTER", "TABLE"), let table = words.tableName(), words.skip("RENAME") else { return nil }
    return table
  }

  /// Returns the table that a statement creates, which contains no earlier rows.
  private func createdTable(_ statement: [SQLToken]) -> TableName? {
    var words = TokenReader(statement)
    guard words.skip("CREATE") else { return nil }
    _ = words.skip("TEMP") || words.skip("TEMPORARY")
    // With `IF NOT EXISTS` the table may already exist.
    guard words.skip("TABLE"), !words.skip("IF", "NOT", "EXISTS") else { return nil }
    return words.tableName()?.folded
  }

  /// Returns the losses of a single statement.
  func losses(of statement: [SQLToken]) -> [PotentialLoss] {
    var words = TokenReader(statement)
    if words.skip("DROP", "TABLE") {
      _ = words.skip("IF", "EXISTS")
      return words.tableName().map { [.table($0)] } ?? []
    }
    if words.skip("ALTER", "TABLE") {
      guard let table = words.tableName(), words.skip("DROP") else { return [] }
      _ = words.skip("COLUMN")
      return words.name().map { [.column($0, of: table, isDropped: true)] } ?? []
    }
    words.skipCommonTableExpressions()
    guard !words.hasWordAtTopLevel("WHERE") else { return [] }
    if words.skip("DELETE", "FROM") {
      return words.tableName().map { [.rows(of: $0)] } ?? []
    }
    if words.skip("UPDATE") {
      if words.skip("OR") { _ = words.name() }
      guard let table = words.tableName() else { return [] }
      return words.overwrittenColumns().map { .column($0, of: table, isDropped: false) }
    }
    return []
  }

  /// The tables that get another name, with the places of the statements in order, by their folded new names.
  private func tableRenames(in section: [[SQLToken]]) -> [String: [(place: Int, old: TableName)]] {
    var renames: [String: [(place: Int, old: TableName)]] = [:]
    for (place, statement) in section.enumerated() {
      var words = TokenReader(statement)
      guard words.skip("ALTER", "TABLE"), let old = words.tableName(), words.skip("RENAME", "TO"),
        let new = words.name()
      else { continue }
      renames[new.folded, default: []].append((place, old))
    }
    return renames
  }

  /// Returns the columns of the table that replaces a dropped one: created and filled before the drop, renamed after
  /// it.
  private func columns(
    of successor: TableName, replacing table: TableName, in statements: ArraySlice<[SQLToken]>
  ) -> [String]? {
    guard statements.contains(where: { isCopy($0, from: table, to: successor) }) else { return nil }
    return statements.lazy.compactMap { columns(ifCreates: successor, $0) }.first
  }

  /// Returns whether a statement copies all rows: `INSERT INTO new (…) SELECT … FROM old`.
  private func isCopy(_ statement: [SQLToken], from old: TableName, to new: TableName) -> Bool {
    var words = TokenReader(statement)
    guard words.skip("INSERT", "INTO"), let target = words.tableName(), target.folded == new.folded,
      !words.hasWordAtTopLevel("WHERE"), !words.hasWordAtTopLevel("LIMIT"), !words.hasWordAtTopLevel("JOIN")
    else { return false }
    while let next = words.tokens.first, !next.isWord("FROM") { words.skipAny() }
    return words.skip("FROM") && words.tableName()?.folded == old.folded
  }

  private func columns(ifCreates table: TableName, _ statement: [SQLToken]) -> [String]? {
    var words = TokenReader(statement)
    guard words.skip("CREATE", "TABLE"), words.tableName()?.folded == table.folded else { return nil }
    return CreateTableText(statement).columns
  }
}
