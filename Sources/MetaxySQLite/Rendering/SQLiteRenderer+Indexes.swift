internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Indexes. Constraints are added and dropped by a rebuild.
extension SQLiteRenderer {
  func render(_ operation: CreateIndex) -> [RenderedStatement] {
    var statement = RenderedStatement(writer.createIndex(operation.index, on: operation.table))
    if let old = state[operation.table], let new = changed[operation.table], !created.contains(operation.table) {
      let preflightChecks = SQLitePreflightChecks(
        dialect: dialect, from: old, to: new, beside: state, creating: created)
      statement.notes = preflightChecks.notes(for: operation.index)
      statement.preconditions = preflightChecks.conditions(for: operation.index)
    }
    return [statement]
  }

  func render(_ operation: DropIndex) -> [RenderedStatement] {
    [RenderedStatement("DROP INDEX \(dialect.quoted(operation.index.name.text))")]
  }
}
