internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Refuses ambiguous renames: `renamedFrom` applies only if the old name exists in the database and the new one does not.
/// If both exist, and the old name is not desired, metaxy cannot know whose rows to keep.
struct RenameConflicts {
  private let dialect: any Dialect

  init(_ dialect: any Dialect) { self.dialect = dialect }

  /// - Throws: `rename_conflict`, with the place of the declaration.
  func refuse(_ desired: DesiredSchema, in live: Schema) throws(MetaxyError) {
    for (table, former) in desired.renames.tables
    where isOther(former, table.name) && live[table] != nil && live[TableName(former, schema: table.schema)] != nil
      && (desired.schema[TableName(former, schema: table.schema)] == nil
        || isCycle(
          from: table,
          in: desired.renames.tables.reduce(into: [:]) { sources, rename in
            sources[rename.key] = TableName(rename.value, schema: rename.key.schema)
          }))
    {
      throw .renameConflict(former, "\(table)", in: table, at: desired.tableSources[table])
    }
    try refuseMoves(desired, in: live)
    for (table, names) in desired.renames.columns {
      guard let live = live[table] else { continue }
      for (column, former) in names.sorted(by: { $0.key < $1.key })
      where isOther(former, column) && has(live, former) && has(live, column)
        && (!(desired.schema[table].map { has($0, former) } ?? false) || isCycle(from: column, in: names))
      {
        throw .renameConflict(
          "\(table).\(former)", "\(table).\(column)", in: table, column: column,
          at: desired.columnSources[table]?[column])
      }
    }
    try refuseValues(desired, in: live)
  }

  /// Refuses a former value beside its present one: rows with either would become the same, or the values change places.
  private func refuseValues(_ desired: DesiredSchema, in live: Schema) throws(MetaxyError) {
    for (name, values) in desired.renames.enumValues {
      guard let type = live.enums[name] else { continue }
      for (new, former) in values where type.values.contains(former) && type.values.contains(new) {
        throw .renameConflict("\(name):\(former)", "\(name):\(new)", in: name, at: nil)
      }
    }
    for (name, columns) in desired.renames.values {
      guard let table = dialect.table(name, in: live) else { continue }
      for (column, values) in columns {
        guard let known = table.columns.first(where: { dialect.folded($0.name) == dialect.folded(column) }),
          let allowed = dialect.allowedValues(of: known, in: table)
        else { continue }
        for (new, former) in values where allowed.contains(former) && allowed.contains(new) {
          throw .renameConflict(
            PossibleRename.text(name, column, former), PossibleRename.text(name, column, new), in: name, column: column,
            at: desired.columnSources[name]?[column])
        }
      }
    }
  }

  /// Refuses a former name that only a table of another schema has: that table would be dropped, and an empty one created.
  private func refuseMoves(_ desired: DesiredSchema, in live: Schema) throws(MetaxyError) {
    guard dialect.hasSchemas else { return }
    for (table, former) in desired.renames.tables
    where dialect.table(table, in: live) == nil
      && dialect.table(TableName(former, schema: table.schema), in: live) == nil
    {
      let moved = live.sorted.first { other in
        dialect.folded(other.name.name) == dialect.folded(former) && other.name.schema != table.schema
          && desired.schema[other.name] == nil
      }
      if let moved { throw .renameAcrossSchemas(moved.name, to: table, at: desired.tableSources[table]) }
    }
  }

  /// Whether names change places: such a rename looks like one that is done already.
  private func isCycle<Name: Hashable>(from name: Name, in sources: [Name: Name]) -> Bool {
    var seen: Set<Name> = []
    var next = sources[name]
    while let place = next, seen.insert(place).inserted {
      if place == name { return true }
      next = sources[place]
    }
    return false
  }

  /// Whether the names differ in more than letter case, where it does not count.
  private func isOther(_ former: String, _ name: String) -> Bool { dialect.folded(former) != dialect.folded(name) }

  private func has(_ table: Table, _ column: String) -> Bool {
    table.columns.contains { dialect.folded($0.name) == dialect.folded(column) }
  }
}
