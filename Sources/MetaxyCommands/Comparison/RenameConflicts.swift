internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Refuses ambiguous renames: `renamedFrom` applies only if the old name exists in the database and the new one does not.
/// If both exist, metaxy cannot know whose rows to keep.
struct RenameConflicts {
  private let dialect: any Dialect

  init(_ dialect: any Dialect) { self.dialect = dialect }

  /// - Throws: `rename_conflict`, with the place of the declaration.
  func refuse(_ desired: DesiredSchema, in live: Schema) throws(MetaxyError) {
    for (table, former) in desired.renames.tables
    where dialect.folded(former) != dialect.folded(table.name)
      && live[TableName(former, schema: table.schema)] != nil && live[table] != nil
    {
      throw .renameConflict(former, "\(table)", in: table, at: desired.tableSources[table])
    }
    for (table, names) in desired.renames.columns {
      guard let live = live[table] else { continue }
      for (column, former) in names.sorted(by: { $0.key < $1.key })
      where dialect.folded(former) != dialect.folded(column) && has(live, former) && has(live, column) {
        throw .renameConflict(
          "\(table).\(former)", "\(table).\(column)", in: table, column: column,
          at: desired.columnSources[table]?[column])
      }
    }
  }

  private func has(_ table: Table, _ column: String) -> Bool {
    table.columns.contains { dialect.folded($0.name) == dialect.folded(column) }
  }
}
