public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

// How SQLite carries out operations: in place what its ALTER TABLE can do, and for everything else the table is made anew.
// https://sqlite.org/lang_altertable.html
extension SQLiteDialect {
  /// Where nothing is made anew it is one section, in the order of the operations. Else: renames that come first, with what
  /// is done in place; the tables that are made anew, one section each; tables that go, which until then others may refer
  /// to, with renames that come last, on the way back. Tables that go with foreign keys off have a section of their own.
  public func sections(
    for operations: [any MigrationOperation], on live: Schema
  ) throws(MetaxyError) -> [RenderedSection] {
    var rest = operations[...]
    let first = rest.prefix(while: isRename)
    rest = rest.dropFirst(first.count)
    let last = rest.reversed().prefix(while: isRename).reversed()
    rest = rest.dropLast(last.count)

    let start = live.applying(Array(first), renaming: renamingExpression)
    let rebuilt = tablesToRebuild(rest, on: start)
    let dropped = rest.filter { $0 is DropTable }
    let removal = TableRemoval(
      dropped, on: start.applying(rest.filter { !($0 is DropTable) }, renaming: renamingExpression))
    guard !rebuilt.isEmpty || removal.needsForeignKeysOff else {
      let statements = try statements(for: operations, on: start)
      return statements.isEmpty ? [] : [RenderedSection(statements)]
    }
    let inPlace = rest.filter { !rebuilt.contains($0.table) && !($0 is DropTable) }

    let renames = Array(first) + Array(last)
    if let rename = renames.first, let table = rebuilt.sorted().first(where: { start[$0]?.triggers.isEmpty == false }) {
      // The triggers would be put back in words from before the rename, which only SQLite itself knows how to change.
      throw .renameBesideTriggers(rename, table)
    }

    var sections: [RenderedSection] = []
    let opening = try statements(for: Array(first) + inPlace, on: start)
    if !opening.isEmpty { sections.append(RenderedSection(opening)) }
    for table in rebuilt.sorted() {
      guard let old = start[table] else { continue }
      let new = start.applying(rest.filter { $0.table == table }, renaming: renamingExpression)[table] ?? old
      var section = try SQLiteRebuild(dialect: self, from: old, to: new).section()
      // Where its names are those after a rename, nobody can look at its rows yet.
      if live[table]?.columns != old.columns {
        for index in section.statements.indices { section.statements[index].preconditions = [] }
      }
      sections.append(section)
    }
    guard removal.needsForeignKeysOff else {
      let closing = try statements(for: dropped + last, on: start)
      return sections + (closing.isEmpty ? [] : [RenderedSection(closing)])
    }
    sections.append(RenderedSection(try statements(for: dropped, on: start), turnsForeignKeysOff: true))
    let closing = try statements(for: Array(last), on: start)
    return sections + (closing.isEmpty ? [] : [RenderedSection(closing)])
  }

  private func statements(
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
  private func tablesToRebuild(_ operations: ArraySlice<any MigrationOperation>, on live: Schema) -> Set<TableName> {
    let columns = ColumnConstraints(of: Array(operations))
    let renderer = renderer(of: Array(operations), columns, on: live)
    let outOfPlace = operations.filter { operation in
      guard !columns.contains(operation) else { return false }
      do {
        _ = try operation.render(with: renderer)
        return false
      } catch {
        // What else is wrong is told when the statements are written, and may be right in the table that is made anew:
        // a column whose type STRICT does not take comes with the end of STRICT.
        return error is NeedsRebuild
      }
    }
    return Set(outOfPlace.map(\.table))
  }

  private func renderer(
    of operations: [any MigrationOperation], _ columns: ColumnConstraints, on live: Schema
  ) -> SQLiteRenderer {
    SQLiteRenderer(
      dialect: self, live: live, constraints: columns,
      created: Set(operations.compactMap { ($0 as? CreateTable)?.table }))
  }

  private func isRename(_ operation: any MigrationOperation) -> Bool {
    operation is RenameTable || operation is RenameColumn
  }

  private var renamingExpression: Schema.ExpressionRenaming {
    { expression, old, new in renaming(old, to: new, in: expression) }
  }
}
