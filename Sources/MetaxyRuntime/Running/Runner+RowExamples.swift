internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// Some of the rows for which a revision is refused.
extension Runner {
  /// Returns some of the rows that a query counted, as texts; none if its text does not show which ones they are.
  func examples(of query: String, among count: Int64) -> [String] {
    guard let query = CountQuery(query, lexicon: dialect.lexicon) else { return [] }
    do {
      let examples = try RowExamples(of: query, dialect) { name throws(MetaxyError) in try self.liveTable(name) }
      guard let examples else { return [] }
      return examples.texts(of: try connection.readOnlyQuery(examples.query), among: count)
    } catch {
      // The refusal and the number of the rows are known, and count more than an error of this query.
      return []
    }
  }

  private func liveTable(_ name: TableName) throws(MetaxyError) -> Table? {
    let names = try LiveTableNames(connection, dialect)
    let key = names.key(of: name)
    let live = try database.introspect(connection) { names.key(of: $0) != key }
    return live.definition.sorted.first
  }
}
