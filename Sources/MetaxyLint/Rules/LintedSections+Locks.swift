internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// Locks of PostgreSQL. https://www.postgresql.org/docs/current/explicit-locking.html
extension LintedSections {
  /// Whether other sessions can use the table and wait for its locks. Of a partitioned table, no index or constraint can be
  /// added without them.
  private func isShared(_ table: TableName, at step: Int) -> Bool {
    !isNew(table, at: step) && tableBefore(table, at: step)?.partitioning == nil
  }

  func lockFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    switch change {
    case .createIndex(let index) where !index.isConcurrent && !index.isOnly && isShared(index.table, at: step.index):
      return [finding(.blockingIndex, step.index, "no session can write to `\(index.table)` while the index is built")]
    case .dropIndexes(let names, isConcurrent: false, cascades: _):
      return names.compactMap { blockingDrop($0, step) }
    case .alterTable(let table, .addConstraint(let constraint))
    where constraint.index == nil && isShared(table, at: step.index):
      return keyFindings(constraint, table, step)
    case .alterTable(let table, .addColumn(let column)) where isShared(table, at: step.index):
      var findings: [LintFinding] = []
      if column.isPrimaryKey { findings += keyFindings(WrittenConstraint(.primaryKey), table, step) }
      if column.isUnique { findings += keyFindings(WrittenConstraint(.unique), table, step) }
      return findings
    case .alterTable(let table, .detachPartition(isConcurrent: false)) where !isNew(table, at: step.index):
      return [
        finding(
          .blockingMaintenance, step.index,
          "`DETACH PARTITION` waits for every query on `\(table)`, and others wait for it")
      ]
    case .maintain(let words, isConcurrent: false) where words != "VACUUM" && words != "REFRESH MATERIALIZED VIEW":
      return [finding(.blockingMaintenance, step.index, "no session can use the table while `\(words)` runs")]
    default: return []
    }
  }

  private func keyFindings(_ constraint: WrittenConstraint, _ table: TableName, _ step: LintStep) -> [LintFinding] {
    let sentence = "no session can read `\(table)` while the index of the"
    switch constraint.kind {
    case .primaryKey: return [finding(.blockingPrimaryKey, step.index, "\(sentence) primary key is built")]
    case .unique: return [finding(.blockingUnique, step.index, "\(sentence) unique constraint is built")]
    case .exclusion: return [finding(.blockingExclusion, step.index, "\(sentence) exclusion constraint is built")]
    case .check, .foreignKey, .notNull: return []
    }
  }

  /// A table that is locked in any case, or whose new index takes the name in the same transaction, waits only once.
  private func blockingDrop(_ name: TableName, _ step: LintStep) -> LintFinding? {
    let table = before.tables.values.first { table in table.indexes.contains { isSame($0.name.text, name.name) } }
    if let table {
      guard table.partitioning == nil, !isDropped(table.name) else { return nil }
    }
    // An index that the revision created and drops again.
    guard !createdIndexes(before: step.index).contains(where: { isSame($0, name.name) }) else { return nil }
    let isSwapped = steps.contains { other in
      other.section == step.section && step.runsInTransaction
        && other.changes.contains { change in
          switch change {
          case .renameIndex(_, to: let new): isSame(new, name.name)
          case .alterTable(let altered, let action):
            table.map { isSame($0.name, former(altered, at: other.index)) } == true && !action.isValidation
          default: false
          }
        }
    }
    guard !isSwapped else { return nil }
    return finding(
      .blockingIndexDrop, step.index,
      "the drop of the index `\(name)` waits for every query on \(table.map { "`\($0.name)`" } ?? "its table"), and others wait for it"
    )
  }

  private func createdIndexes(before step: Int) -> [String] {
    steps[..<step].flatMap(\.changes).compactMap { change in
      if case .createIndex(let index) = change { index.name } else { nil }
    }
  }

  /// Whether the revision drops the table.
  func isDropped(_ table: TableName) -> Bool {
    steps.contains { step in
      step.changes.contains { change in
        guard case .dropTables(let tables, cascades: _) = change else { return false }
        return tables.contains { isSame(former($0, at: step.index), table) }
          && !rebuilds.contains { $0.drop == step.index }
      }
    }
  }

  // MARK: Scans

  func scanFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    if case .changeRows(let table, let rows) = change {
      // The rows of `VALUES` are few.
      let isLong = rows.verb != .insert || rows.rest.contains { $0.isWord(in: "SELECT", "TABLE") }
      return isLong ? longLock(on: table, step) : []
    }
    guard case .alterTable(let table, let action) = change, isShared(table, at: step.index) else { return [] }
    switch action {
    case .setNotNull(let column): return notNullScan(column, of: table, step)
    case .addConstraint(let constraint) where !constraint.isNotValid: return scan(constraint, of: table, step)
    case .addColumn(let column):
      // A foreign key of a column that is NULL in all rows is not checked.
      return column.constraints.filter { $0.kind == .check || !column.isNullInExistingRows }
        .flatMap { scan($0, of: table, step) }
    case .validate(let name):
      let isLocked =
        step.runsInTransaction && steps[..<step.index].contains { $0.section == step.section && locks(table, $0) }
      guard isLocked else { return [] }
      return [
        finding(
          .lateValidation, step.index,
          "`\(name)` is validated while its transaction locks other sessions out of `\(table)`")
      ]
    default: return []
    }
  }

  private func notNullScan(_ column: String, of table: TableName, _ step: LintStep) -> [LintFinding] {
    if let known = columnBefore(column, of: table, at: step.index), !known.isNullable { return [] }
    guard !isKnownNotNull(column, of: table, at: step.index) else { return [] }
    return [
      finding(
        .scannedNotNull, step.index, "reads all rows of `\(table)` for NULL in `\(column)` while no session can read it"
      )
    ]
  }

  private func scan(_ constraint: WrittenConstraint, of table: TableName, _ step: LintStep) -> [LintFinding] {
    switch constraint.kind {
    case .check:
      return [
        finding(
          .scannedCheck, step.index,
          "reads all rows of `\(table)` for \(constraint.displayText) while no session can read it")
      ]
    case .foreignKey:
      let other =
        constraint.referencedTable.flatMap { isSame($0, table) || isNew($0, at: step.index) ? nil : " and `\($0)`" }
        ?? ""
      return [
        finding(
          .scannedForeignKey, step.index,
          "reads all rows of `\(table)` for \(constraint.displayText) while no session can write to `\(table)`\(other)")
      ]
    case .notNull: return constraint.columns.first.map { notNullScan($0, of: table, step) } ?? []
    case .primaryKey, .unique, .exclusion: return []
    }
  }

  private func longLock(on table: TableName, _ step: LintStep) -> [LintFinding] {
    guard step.runsInTransaction, !isNew(table, at: step.index),
      steps[..<step.index].contains(where: { $0.section == step.section && locks(table, $0) })
    else { return [] }
    return [
      finding(.longLock, step.index, "changes rows of `\(table)` in a transaction that locks other sessions out of it")
    ]
  }

  /// Whether a statement locks other sessions out of a table.
  private func locks(_ table: TableName, _ step: LintStep) -> Bool {
    step.changes.contains { change in
      guard case .alterTable(let other, let action) = change, isSame(other, table) else { return false }
      if case .addConstraint(let constraint) = action, constraint.kind == .foreignKey { return false }
      return !action.isValidation
    }
  }
}

extension TableChange {
  fileprivate var isValidation: Bool {
    if case .validate = self { true } else { false }
  }
}
