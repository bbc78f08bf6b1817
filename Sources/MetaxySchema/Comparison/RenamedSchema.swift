package import MetaxyNames

/// A schema before and after renames.
///
/// References to a renamed table or column change with it, also in expressions and triggers. Only the engine knows the new
/// text, so both sides are read from a database if there is one.
package struct RenamedSchema: Sendable {
  package var before: LiveSchema
  package var renames: [MigrationOperation]
  package var after: LiveSchema
  /// The declared renames of values of columns, which are part of a change of the check that lists them.
  package var values: [TableName: [String: [String: String]]] = [:]
  /// Whether a dependent object that blocks an operation is a note in the file, and not an error: the database changes until a
  /// downgrade runs.
  package var notesObstacles = false

  package init(_ before: LiveSchema, renames: [MigrationOperation], after: LiveSchema) {
    self.before = before
    self.renames = renames
    self.after = after
  }

  /// A schema in which nothing is renamed.
  package init(_ schema: LiveSchema) { self.init(schema, renames: [], after: schema) }

  /// Definitions that are in no database, and in which nothing is renamed.
  package init(_ definition: Schema) { self.init(LiveSchema(definition)) }

  /// A schema after those declared renames that apply to it, computed without a database.
  package init(_ before: LiveSchema, _ declared: Renames, to desired: Schema, rules: some ComparisonRules) {
    let renames = declared.operations(from: before.definition, to: desired, rules: rules)
    let after = before.applying(renames) { rules.renaming($1, to: $2, in: $0) }
    self.init(before, renames: renames, after: after)
    values = declared.values
  }

  /// Returns the schema after `operations`, which begin with the renames.
  package func applying(_ operations: [MigrationOperation]) -> LiveSchema {
    after.applying(Array(operations.dropFirst(renames.count)))
  }

  /// The drops of the indexes whose names were derived from a renamed table or column.
  ///
  /// The index comparator no longer finds such an index, and creates it with its new name.
  var outdatedIndexes: [MigrationOperation] {
    guard !renames.isEmpty else { return [] }
    let old = Dictionary(
      before.definition.sorted.flatMap { table in table.indexes.map { ($0.name.text, (table: table.name, index: $0)) } }
    ) { first, _ in first }
    return after.definition.sorted.flatMap { table in
      table.indexes.filter { index in
        guard let former = old[index.name.text] else { return false }
        let formerName = ObjectNames.index(of: former.table, terms: former.index.terms)
        return formerName.text == index.name.text
          && ObjectNames.index(of: table.name, terms: index.terms).text != index.name.text
      }.map { .dropIndex(.init(table: table.name, index: $0)) }
    }
  }
}

/// A table under its new name, with the former names of the table, its columns and their values.
package struct FormerTable: Sendable, Hashable {
  package var name: TableName
  package var formerName: TableName
  package var columns: [Column]

  package struct Column: Sendable, Hashable {
    package var name: String
    package var formerName: String
    /// The values that get another spelling.
    package var values: [RenamedValue] = []
    /// The definition before the renames.
    package var definition: MetaxySchema.Column
  }

  fileprivate init(_ table: Table) {
    name = table.name
    formerName = table.name
    columns = table.columns.map { Column(name: $0.name, formerName: $0.name, definition: $0) }
  }

  fileprivate var isRenamed: Bool {
    name != formerName || columns.contains { $0.name != $0.formerName || !$0.values.isEmpty }
  }

  fileprivate mutating func rename(_ value: RenamedValue, where isColumn: (Column) -> Bool) {
    for place in columns.indices where isColumn(columns[place]) { columns[place].values.append(value) }
  }
}

extension RenamedSchema {
  /// The tables that are renamed, or that have renamed columns.
  package var formerTables: [FormerTable] { formerTables(before: []) }

  /// Returns the tables that are renamed, or that have renamed columns or values.
  ///
  /// - Parameter operations: those after the renames, some of which may rename values.
  package func formerTables(before operations: some Sequence<MigrationOperation>) -> [FormerTable] {
    let renames = renames + operations.filter(\.renamesValue)
    guard !renames.isEmpty else { return [] }
    var tables = before.definition.sorted.map(FormerTable.init)
    for rename in renames {
      if case .renameEnumValue(let rename) = rename {
        for index in tables.indices { tables[index].rename(rename.value) { rename.type.isType(of: $0.definition) } }
        continue
      }
      guard let index = tables.firstIndex(where: { $0.name.folded == rename.table.folded }) else { continue }
      switch rename {
      case .renameTable(let rename): tables[index].name = rename.newName
      case .renameColumn(let rename):
        for column in tables[index].columns.indices
        where tables[index].columns[column].name.folded == rename.oldName.folded {
          tables[index].columns[column].name = rename.newName
        }
      case .renameValue(let rename):
        tables[index].rename(rename.value) { $0.name.folded == rename.column.folded }
      default: continue
      }
    }
    return tables.filter(\.isRenamed)
  }
}

extension MigrationOperation {
  fileprivate var renamesValue: Bool { if case .renameValue = self { true } else { false } }
}
