public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

// How SQLite carries out operations: in place what its ALTER TABLE can do, and for everything else the table is made anew.
// https://sqlite.org/lang_altertable.html
extension SQLiteDialect {
  /// Where nothing is made anew it is one section, in the order of the operations. Else: renames that come first, with what
  /// is done in place; the tables that are made anew, one section each; tables that go, which until then others may refer
  /// to, with renames that come last, on the way back.
  public func sections(
    for operations: [any MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection] {
    let former = SQLiteFormerNames(live)
    return try sectionsAfterRenames(operations, on: live).map { section in
      var section = section
      section.statements = section.statements.map(former.lookingBack)
      return section
    }
  }

  /// The sections, with what rows must not be said of the tables as they are after the renames.
  private func sectionsAfterRenames(
    _ operations: [any MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection] {
    let first = operations.prefix(live.renames.count)
    var rest = operations.dropFirst(first.count)
    let last = rest.reversed().prefix(while: isRename).reversed()
    rest = rest.dropLast(last.count)

    let start = live.after
    let rebuilt = try tablesToRebuild(rest, on: start)
    guard !rebuilt.isEmpty else {
      let statements = try statements(for: operations, on: start)
      return statements.isEmpty ? [] : [RenderedSection(statements)]
    }
    let dropped = rest.filter { $0 is DropTable }
    let inPlace = rest.filter { !rebuilt.contains($0.table) && !($0 is DropTable) }
    let created = Set(rest.compactMap { ($0 as? CreateTable)?.table })

    var sections: [RenderedSection] = []
    let opening = try statements(for: Array(first) + inPlace, on: start)
    if !opening.isEmpty { sections.append(RenderedSection(opening)) }
    for table in rebuilt.sorted() {
      guard let old = start[table] else { continue }
      let new = start.applying(rest.filter { $0.table == table })[table] ?? old
      sections.append(
        try SQLiteRebuild(dialect: self, from: old, to: new, beside: start, creating: created).section())
    }
    let closing = try statements(for: dropped + last, on: start)
    if !closing.isEmpty { sections.append(RenderedSection(closing)) }
    return sections
  }

  func statements(
    for operations: [any MigrationOperation], on live: Schema
  ) throws(MetaxyError) -> [RenderedStatement] {
    let columns = ColumnConstraints(of: operations)
    let renderer = renderer(of: operations, columns, on: live)
    var statements: [RenderedStatement] = []
    for operation in operations where !columns.contains(operation) {
      do {
        statements += try operation.render(with: renderer)
      } catch let error as MetaxyError {
        throw error
      } catch {
        throw .cannotRender(operation, cause: error)
      }
    }
    return statements
  }

  /// The tables of which some operation, or its reverse, cannot be done in place.
  private func tablesToRebuild(
    _ operations: ArraySlice<any MigrationOperation>, on live: Schema
  ) throws(MetaxyError) -> Set<TableName> {
    let columns = ColumnConstraints(of: Array(operations))
    let renderer = renderer(of: Array(operations), columns, on: live)
    var tables: Set<TableName> = []
    for operation in operations where !columns.contains(operation) {
      do {
        _ = try operation.render(with: renderer)
      } catch is NeedsRebuild {
        tables.insert(operation.table)
      } catch let error as MetaxyError {
        throw error
      } catch {
        throw .cannotRender(operation, cause: error)
      }
    }
    return tables
  }

  private func renderer(
    of operations: [any MigrationOperation], _ columns: ColumnConstraints, on live: Schema
  ) -> SQLiteRenderer {
    SQLiteRenderer(
      dialect: self, live: live, changed: live.applying(operations.filter { !isRename($0) }), constraints: columns,
      created: Set(operations.compactMap { ($0 as? CreateTable)?.table }))
  }

  private func isRename(_ operation: any MigrationOperation) -> Bool {
    operation is RenameTable || operation is RenameColumn
  }
}
