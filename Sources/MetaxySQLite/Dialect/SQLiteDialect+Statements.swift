package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRuntime
package import MetaxySchema

// Renders operations: in place if ALTER TABLE supports them, otherwise as a rebuild of the table.
// https://sqlite.org/lang_altertable.html
extension SQLiteDialect {
  /// Without a rebuild there is one section, in the order of the operations. With rebuilds there are several: renames
  /// that come first, with the operations in place; each rebuild in its own section; dropped tables, to which other
  /// tables may refer until then, with renames that come last in a downgrade. Tables that are dropped with foreign keys
  /// off have a separate section.
  package func sections(
    for operations: [MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection] {
    let former = SQLiteFormerNames(live, before: operations.dropFirst(live.renames.count))
    return try sectionsAfterRenames(operations, on: live).map { section in
      var section = section
      section.statements = section.statements.map(former.lookingBack)
      return section
    }
  }

  /// Returns the sections, with preconditions on the tables after the renames.
  private func sectionsAfterRenames(
    _ operations: [MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection] {
    let first = operations.prefix(live.renames.count)
    var rest = operations.dropFirst(first.count)
    let last = rest.reversed().prefix(while: \.isRename).reversed()
    rest = rest.dropLast(last.count)

    let start = live.after
    let rebuilt = tablesToRebuild(rest, on: start)
    let dropped = rest.filter(\.isTableRemoval)
    let kept = rest.filter { !$0.isTableRemoval }
    let removal = TableRemoval(dropped, on: start.definition.applying(kept))
    guard !rebuilt.isEmpty || removal.needsForeignKeysOff else {
      let statements = try statements(for: operations, on: start)
      return statements.isEmpty ? [] : [RenderedSection(statements)]
    }
    let inPlace = kept.filter { !rebuilt.contains($0.table) }
    let created = rest.createdTables

    var sections: [RenderedSection] = []
    let opening = try statements(for: Array(first) + inPlace, on: start)
    if !opening.isEmpty { sections.append(RenderedSection(opening)) }
    let changes = Dictionary(grouping: rest, by: \.table)
    for table in rebuilt.sorted() {
      guard let old = start[table] else { continue }
      let new = Schema([old.definition]).applying(changes[table] ?? [])[table] ?? old.definition
      sections.append(
        try SQLiteRebuild(
          dialect: self, from: old, to: new, beside: start.definition, creating: created,
          renaming: renamedValues(in: changes[table] ?? [])
        ).section())
    }
    guard removal.needsForeignKeysOff else {
      let closing = try statements(for: dropped + last, on: start)
      return sections + (closing.isEmpty ? [] : [RenderedSection(closing)])
    }
    sections.append(RenderedSection(try statements(for: dropped, on: start), turnsForeignKeysOff: true))
    let closing = try statements(for: Array(last), on: start)
    return sections + (closing.isEmpty ? [] : [RenderedSection(closing)])
  }

  /// The values that operations on one table give another spelling, by the folded names of their columns.
  private func renamedValues(in operations: [MigrationOperation]) -> [String: [RenamedValue]] {
    operations.reduce(into: [:]) { values, operation in
      guard case .renameValue(let rename) = operation else { return }
      values[rename.column.folded, default: []].append(rename.value)
    }
  }

  func statements(
    for operations: [MigrationOperation], on live: LiveSchema
  ) throws(MetaxyError) -> [RenderedStatement] {
    let columns = ColumnConstraints(of: operations)
    let renderer = renderer(of: operations, columns, on: live)
    var statements: [RenderedStatement] = []
    for operation in operations where !columns.contains(operation) {
      statements += try renderer.render(operation)
    }
    return statements
  }

  /// The tables of which some operation, or its reverse, cannot be done in place.
  private func tablesToRebuild(_ operations: ArraySlice<MigrationOperation>, on live: LiveSchema) -> Set<TableName> {
    let columns = ColumnConstraints(of: Array(operations))
    let renderer = renderer(of: Array(operations), columns, on: live)
    return Set(operations.filter { !columns.contains($0) && renderer.needsRebuild($0) }.map(\.table))
  }

  private func renderer(
    of operations: [MigrationOperation], _ columns: ColumnConstraints, on live: LiveSchema
  ) -> SQLiteRenderer {
    SQLiteRenderer(
      dialect: self, live: live, changed: live.definition.applying(operations.filter { !$0.isRename }),
      constraints: columns,
      created: operations.createdTables)
  }

}

extension MigrationOperation {
  fileprivate var isTableRemoval: Bool { if case .dropTable = self { true } else { false } }
}
