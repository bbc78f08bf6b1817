internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The decisions of a revision's author about dropped and added names, besides the declarations in the definitions.
package struct RenameDecisions: Sendable, Hashable {
  /// The renames: `video=clip` for a table, `video.size=bytes` for a column, `video.state:done=ready` for a value.
  package var renames: [String]
  /// The tables, columns and values that are dropped, as `video`, `video.size` and `video.state:done`; `*` for all.
  package var drops: [String]

  package init(renames: [String] = [], drops: [String] = []) {
    self.renames = renames
    self.drops = drops
  }

  /// Returns the pairs for which nothing is decided.
  func undecided(_ pairs: [PossibleRename]) -> [PossibleRename] {
    drops.contains("*") ? [] : pairs.filter { !$0.isNamed(in: drops) }
  }

  /// Adds the renames to those that the definitions declare.
  ///
  /// - Throws: `unknown_rename` for a name that the database, or the definitions, do not have.
  func declare(in desired: inout DesiredSchema, from live: Schema, _ dialect: any Dialect) throws(MetaxyError) {
    for rename in renames {
      let declared = declare(rename, in: &desired, from: live, dialect)
      guard declared else { throw .unknownRename(rename) }
    }
  }

  /// Adds the renames of those objects that a recorded schema has: an engine need not have all of them.
  func declareKnown(in desired: inout DesiredSchema, from recorded: Schema, _ dialect: any Dialect) {
    for rename in renames { _ = declare(rename, in: &desired, from: recorded, dialect) }
  }

  private func declare(
    _ rename: String, in desired: inout DesiredSchema, from schema: Schema, _ dialect: any Dialect
  ) -> Bool {
    // Names can contain `=`, so each place is tried.
    for place in rename.indices where rename[place] == "=" {
      let new = String(rename[rename.index(after: place)...])
      let old = String(rename[..<place])
      for table in schema.sorted {
        if declareTable(old, new, table, in: &desired, dialect)
          || declareColumn(old, new, table, in: &desired, dialect)
          || Self.declareValue(old, new, of: table, schema, in: &desired, dialect)
        {
          return true
        }
      }
    }
    return false
  }

  private func declareTable(
    _ old: String, _ new: String, _ table: Table, in desired: inout DesiredSchema, _ dialect: any Dialect
  ) -> Bool {
    guard PossibleRename.text(table.name, nil) == old,
      let target = dialect.table(TableName(new, schema: table.name.schema), in: desired.schema)
    else { return false }
    desired.renames.tables[target.name] = table.name.name
    return true
  }

  /// The table of a column can be given by its old or by its new name.
  private func declareColumn(
    _ old: String, _ new: String, _ table: Table, in desired: inout DesiredSchema, _ dialect: any Dialect
  ) -> Bool {
    guard let place = RenamedTable(table, in: desired, dialect),
      let column = table.columns.first(where: { column in
        place.names.contains { PossibleRename.text($0, column.name) == old }
      }),
      let added = place.column(new, dialect)
    else { return false }
    desired.renames.columns[place.target.name, default: [:]][added.name] = column.name
    return true
  }
}
