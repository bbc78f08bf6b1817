public import MetaxyRuntime
public import MetaxyScript

// What a statement loses, read from its own words. The runner then looks whether there is anything to lose.
extension SQLiteDialect {
  public func losses(of statement: [SQLToken]) -> [PotentialLoss] {
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
      return words.assignedColumns().map { .column($0, of: table, isDropped: false) }
    }
    return []
  }
}
