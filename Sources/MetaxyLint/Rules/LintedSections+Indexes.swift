internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

// Indexes that are missing for a time, missing altogether, or superfluous.
extension LintedSections {
  func indexFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    switch change {
    case .createIndex(let index): return duplicateFindings(index, step)
    case .createTable(let table) where !rebuilds.contains { $0.creation == step.index }:
      let keys = table.constraints + table.columns.flatMap(\.constraints)
      return keys.flatMap { unindexed($0, of: table.name, step) }
    case .alterTable(let table, .addConstraint(let constraint)): return unindexed(constraint, of: table, step)
    case .alterTable(let table, .addColumn(let column)):
      return column.constraints.flatMap { unindexed($0, of: table, step) }
    default: return []
    }
  }

  private func unindexed(_ key: WrittenConstraint, of table: TableName, _ step: LintStep) -> [LintFinding] {
    guard key.kind == .foreignKey, !hasIndex(for: key.columns, of: table, step), !hasKey(key.columns, table, step)
    else {
      return []
    }
    let other = key.referencedTable.map { "`\($0)`" } ?? "the other table"
    return [
      finding(
        .unindexedReference, step.index,
        "no index of `\(table)` begins with \(Wording.list(key.columns)): a delete in \(other) reads all of its rows")
    ]
  }

  /// Whether the table had a foreign key of these columns, which is only replaced.
  private func hasKey(_ columns: [String], _ table: TableName, _ step: LintStep) -> Bool {
    let names = columns.map { dialect.folded(former($0, of: table, at: step.index)) }
    return tableBefore(table, at: step.index)?.foreignKeys.contains { $0.columns.map(dialect.folded) == names } == true
  }

  /// Whether an index or key of the table begins with the columns in any order.
  private func hasIndex(for columns: [String], of table: TableName, _ step: LintStep) -> Bool {
    let names = Set(columns.map(dialect.folded))
    func begins(_ key: [String]) -> Bool {
      key.count >= names.count && Set(key.prefix(names.count).map(dialect.folded)) == names
    }
    let known = isRecorded ? self.table(table, in: after) : tableBefore(table, at: step.index)
    if let known {
      let indexes = known.indexes.filter { $0.predicate == nil }.map(\.columns)
      if ([known.primaryKey?.columns ?? []] + known.uniques.map(\.columns) + indexes).contains(where: begins) {
        return true
      }
    }
    return steps.contains { other in
      other.changes.contains { change in
        switch change {
        case .createIndex(let index): isSame(index.table, table) && begins(index.columns ?? [])
        case .createTable(let new):
          isSame(new.name, table)
            && (new.columns.contains { ($0.isPrimaryKey || $0.isUnique) && begins([$0.name]) }
              || new.constraints.contains { [.primaryKey, .unique].contains($0.kind) && begins($0.columns) })
        default: false
        }
      }
    }
  }

  /// The record has the definitions with their order, collations and methods.
  private func duplicateFindings(_ index: WrittenIndex, _ step: LintStep) -> [LintFinding] {
    guard isRecorded, let name = index.name, let known = self.table(index.table, in: after),
      let own = known.indexes.first(where: { isSame($0.name.text, name) }),
      let other = known.indexes.first(where: { $0.name.text != own.name.text && $0.isDuplicate(of: own) })
    else { return [] }
    return [
      finding(
        .duplicateIndex, step.index, "the index `\(name)` of `\(index.table)` is that of `\(other.name.text)`")
    ]
  }

  // MARK: Gaps

  /// Indexes and keys that are dropped before the ones that replace them, in another transaction.
  func indexGapFindings() -> [LintFinding] {
    steps.flatMap { step in
      step.changes.flatMap { droppedKeys($0, step) }.compactMap { dropped -> LintFinding? in
        guard !isDropped(dropped.table),
          let later = steps[(step.index + 1)...].first(where: { builds(dropped, in: $0) }),
          later.section != step.section || !step.runsInTransaction
        else { return nil }
        return finding(
          .indexGap, step.index,
          "`\(dropped.table)` has no index of \(Wording.list(dropped.columns)) until the statement in line"
            + " \(later.statement.position?.line ?? later.index + 1) has built one")
      }
    }
  }

  private typealias DroppedKey = (table: TableName, columns: [String])

  private func droppedKeys(_ change: StatementChange, _ step: LintStep) -> [DroppedKey] {
    switch change {
    case .dropIndexes(let names, isConcurrent: _, cascades: _):
      return names.compactMap { name in
        for table in before.tables.values {
          if let index = table.indexes.first(where: { isSame($0.name.text, name.name) }), !index.columns.isEmpty {
            return (table.name, index.columns)
          }
        }
        return nil
      }
    case .alterTable(let table, .dropConstraint(let name, cascades: _)):
      guard let key = constraint(name, of: table, before: 0), [.primaryKey, .unique].contains(key.kind) else {
        return []
      }
      return [(former(table, at: step.index), key.columns)]
    default: return []
    }
  }

  /// Whether a statement builds an index that begins with the same column.
  private func builds(_ dropped: DroppedKey, in step: LintStep) -> Bool {
    func isSameStart(_ table: TableName, _ columns: [String]) -> Bool {
      guard isSame(former(table, at: step.index), dropped.table), let first = columns.first else { return false }
      return isSame(former(first, of: table, at: step.index), dropped.columns[0])
    }
    return step.changes.contains { change in
      switch change {
      case .createIndex(let index): isSameStart(index.table, index.columns ?? [])
      case .alterTable(let table, .addConstraint(let constraint)):
        [.primaryKey, .unique].contains(constraint.kind) && constraint.index == nil
          && isSameStart(table, constraint.columns)
      default: false
      }
    }
  }
}

extension Index {
  fileprivate func isDuplicate(of other: Index) -> Bool {
    var copy = self
    (copy.name, copy.comment, copy.storage) = (other.name, other.comment, other.storage)
    return copy == other
  }
}
