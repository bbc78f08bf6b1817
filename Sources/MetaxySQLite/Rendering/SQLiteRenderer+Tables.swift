internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Tables as a whole.
extension SQLiteRenderer {
  func render(_ operation: CreateTable) throws(MetaxyError) -> [RenderedStatement] {
    [
      RenderedStatement(
        try writer.createTable(operation.definition),
        laterExpressions: dialect.computedDefaults(of: operation.definition.columns))
    ]
      + operation.triggers.map { RenderedStatement($0.sql) }
  }

  func render(_ operation: DropTable) -> [RenderedStatement] {
    [RenderedStatement("DROP TABLE \(writer.name(operation.table))")]
  }

  func render(_ operation: RenameTable) -> [RenderedStatement] {
    let old = writer.name(operation.table)
    let new = writer.name(operation.newName)
    guard operation.table.folded == operation.newName.folded else {
      return [RenderedStatement("ALTER TABLE \(old) RENAME TO \(new)")]
    }
    // In SQLite, the table itself already occupies the new name if it differs only in letter case.
    let between = dialect.quoted("_metaxy_\(operation.newName.name)")
    return [
      RenderedStatement("ALTER TABLE \(old) RENAME TO \(between)"),
      RenderedStatement("ALTER TABLE \(between) RENAME TO \(new)"),
    ]
  }
}
