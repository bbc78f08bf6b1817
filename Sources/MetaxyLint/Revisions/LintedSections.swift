package import MetaxyErrors
internal import MetaxyNames
package import MetaxyRevisions
package import MetaxyRuntime
internal import MetaxySQL
package import MetaxySchema

/// The sections of a revision for one direction and dialect, with the schemas that the records give before and after it.
package struct LintedSections {
  let dialect: any Dialect
  let direction: RevisionDirection
  /// The schema before the revision, in this direction.
  package let before: Schema
  let after: Schema
  /// Whether the revision has a record, so that `after` is known.
  let isRecorded: Bool
  /// The operations of the record, in this direction.
  let operations: [MigrationOperation]
  private(set) var steps: [LintStep] = []
  private(set) var rebuilds: [TableRebuild] = []
  /// What a scratch database showed, by statement.
  package var measurements: [Int: StatementMeasurement] = [:]
  /// The renames of tables in order, without those of rebuilds.
  private(set) var tableRenames: [(step: Int, old: TableName, new: TableName)] = []
  private(set) var columnRenames: [(step: Int, table: TableName, old: String, new: String)] = []
  /// The new columns by their folded names, in order.
  private(set) var additions: [String: [(step: Int, table: TableName, column: WrittenColumn)]] = [:]
  /// What the other direction does, which shows how the schema is before the revision.
  private(set) var reverseChanges: [StatementChange] = []
  /// The statements that create tables.
  private(set) var creations: [TableName: Int] = [:]

  /// - Parameters:
  ///   - before: the schema before the revision, in this direction.
  ///   - after: the schema after it; nil if the revision has no record.
  package init(
    of file: RevisionFile, _ direction: RevisionDirection, for dialect: any Dialect, before: Schema, after: Schema?,
    operations: [MigrationOperation] = []
  ) throws(MetaxyError) {
    self.dialect = dialect
    self.direction = direction
    self.before = before
    self.after = after ?? before
    isRecorded = after != nil
    self.operations = operations
    let reader = StatementChangeReader(dialect.lexicon)
    let reverse = file.sections(direction == .upgrade ? .downgrade : .upgrade, dialect: dialect.name)
    for statement in reverse.flatMap(\.statements) {
      reverseChanges += reader.changes(of: try statement.tokens(for: dialect.name, lexicon: dialect.lexicon))
    }
    for (place, section) in file.sections(direction, dialect: dialect.name).enumerated() {
      for statement in section.statements {
        let tokens = try statement.tokens(for: dialect.name, lexicon: dialect.lexicon)
        steps.append(
          LintStep(
            index: steps.count, section: place, runsInTransaction: section.runsInTransaction,
            turnsForeignKeysOff: section.turnsForeignKeysOff, statement: statement, tokens: tokens,
            changes: reader.changes(of: tokens)))
      }
    }
    findCreations()
    rebuilds = steps.flatMap { rebuilds(droppingAt: $0) }
    findRenames()
    for rebuild in rebuilds { steps[rebuild.place].changes += try recordedChanges(of: rebuild) }
    findAdditions()
  }

  private mutating func findRenames() {
    let replacing = Set(rebuilds.map(\.rename))
    for step in steps {
      for case .alterTable(let table, let action) in step.changes {
        switch action {
        case .renameTable(to: let name) where !replacing.contains(step.index):
          tableRenames.append((step.index, table, name))
        case .renameColumn(let old, to: let new): columnRenames.append((step.index, table, old, new))
        default: break
        }
      }
    }
  }

  private mutating func findAdditions() {
    for step in steps {
      for case .alterTable(let table, .addColumn(let column)) in step.changes {
        additions[dialect.folded(column.name), default: []].append((step.index, table, column))
      }
    }
  }

  private mutating func findCreations() {
    for step in steps {
      for case .createTable(let table) in step.changes {
        // Without a record, `IF NOT EXISTS` may keep a table with rows.
        guard table.isTemporary || !table.mayExist || isRecorded && known(table.name) == nil else { continue }
        creations[key(table.name)] = step.index
      }
    }
  }

  private func rebuilds(droppingAt step: LintStep) -> [TableRebuild] {
    step.changes.flatMap { change -> [TableRebuild] in
      guard case .dropTables(let tables, cascades: _) = change else { return [] }
      return tables.compactMap { rebuild(of: $0, droppedAt: step) }
    }
  }

  private func rebuild(of table: TableName, droppedAt step: LintStep) -> TableRebuild? {
    for later in steps[(step.index + 1)...] where later.section == step.section {
      for case .alterTable(let successor, .renameTable(to: let name)) in later.changes where isSame(name, table) {
        guard let creation = creations[key(successor)], creation < step.index else { return nil }
        let copy = steps[creation..<step.index].first { candidate in
          candidate.changes.contains { change in
            if case .changeRows(let target, let rows) = change {
              isSame(target, successor) && rows.verb == .insert
            } else {
              false
            }
          }
        }
        return TableRebuild(
          table: table, successor: successor, creation: creation, copy: copy?.index, drop: step.index,
          rename: later.index)
      }
    }
    return nil
  }

  // MARK: Names

  /// The name by which two names of one table are equal.
  func key(_ name: TableName) -> TableName {
    var name = dialect.folded(name)
    if name.schema == TableName.publicSchema || !dialect.hasSchemas { name.schema = nil }
    return name
  }

  func isSame(_ left: TableName, _ right: TableName) -> Bool { key(left) == key(right) }
  func isSame(_ left: String, _ right: String) -> Bool { dialect.folded(left) == dialect.folded(right) }

  private func known(_ name: TableName) -> Table? { table(name, in: before) }

  func table(_ name: TableName, in schema: Schema) -> Table? {
    dialect.table(name, in: schema) ?? dialect.table(key(name), in: schema)
  }

  /// The name that a table had before the revision.
  func former(_ name: TableName, at step: Int) -> TableName {
    tableRenames.reversed().reduce(name) { name, rename in
      rename.step < step && isSame(rename.new, name) ? rename.old : name
    }
  }

  /// The name that a column had before the revision.
  func former(_ column: String, of table: TableName, at step: Int) -> String {
    columnRenames.reversed().reduce(column) { column, rename in
      rename.step < step && isSame(rename.new, column)
        && isSame(former(rename.table, at: rename.step), former(table, at: step)) ? rename.old : column
    }
  }
}
