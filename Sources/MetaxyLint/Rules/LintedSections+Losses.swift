internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

// Data loss. The dialect reads what statements can lose, as it does for the runner.
extension LintedSections {
  func lossFindings() -> [LintFinding] {
    Dictionary(grouping: steps, by: \.section).values.flatMap { section -> [LintFinding] in
      let losses = dialect.losses(of: section.map(\.tokens))
      return Dictionary(grouping: losses, by: \.statement).flatMap { place, losses in
        findings(losses.map(\.loss), section[place])
      }
    }
  }

  private func findings(_ losses: [PotentialLoss], _ step: LintStep) -> [LintFinding] {
    var overwritten: [String] = []
    var findings: [LintFinding] = []
    for loss in losses where !isOwn(loss, step) {
      switch loss {
      case .table(let table):
        findings.append(finding(.droppedTable, step.index, "drops the table `\(table)` with its rows"))
      case .tables(inSchema: let schema):
        findings.append(finding(.droppedTable, step.index, "drops every table of the schema `\(schema)` with its rows"))
      case .column(let column, of: let table, isDropped: true):
        findings.append(
          finding(.droppedColumn, step.index, "drops the column `\(table).\(column)` with its values"))
      case .column(let column, of: let table, isDropped: false): overwritten.append("\(table).\(column)")
      case .rows(of: let table):
        findings.append(finding(.allRows, step.index, "deletes every row of `\(table)`"))
      case .replacement(of: let table, keeping: let kept):
        let lost = lostColumns(of: table, keeping: kept, step)
        guard !lost.isEmpty else { continue }
        findings.append(
          finding(
            .droppedColumn, step.index,
            "the rebuild drops \(Wording.list(lost.map { "\(table).\($0)" })) with the values"))
      case .values: break
      }
    }
    if !overwritten.isEmpty {
      findings.append(
        finding(.allRows, step.index, "overwrites \(Wording.list(overwritten)) in every row"))
    }
    return findings
  }

  /// What a condition that always holds does not limit: `DELETE FROM video WHERE true`.
  func unlimitedFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard case .changeRows(let table, let rows) = change, rows.hasConstantCondition else { return [] }
    return switch rows.verb {
    case .delete: findings([.rows(of: table)], step)
    case .update: findings(rows.columns.map { .column($0, of: table, isDropped: false) }, step)
    case .insert, .merge: []
    }
  }

  /// Whether the revision loses only what it created: rows of its own tables, values of its own columns; in a downgrade,
  /// what the upgrade created, which is its purpose.
  private func isOwn(_ loss: PotentialLoss, _ step: LintStep) -> Bool {
    guard let table = loss.tableName else { return false }
    if isNew(table, at: step.index) { return true }
    let known = tableBefore(table, at: step.index)
    let isReverted = direction == .downgrade && isRecorded && known != nil
    switch loss {
    case .table: return isReverted && self.table(table, in: after) == nil
    case .column(let name, of: _, isDropped: let isDropped):
      guard added(name, to: table, before: step.index) == nil else { return true }
      guard isDropped else { return false }
      if columnBefore(name, of: table, at: step.index)?.generated != nil { return true }
      return isReverted && self.table(table, in: after)?.columns.contains { isSame($0.name, name) } != true
    case .tables, .rows, .replacement, .values: return false
    }
  }

  private func lostColumns(of table: TableName, keeping kept: [String], _ step: LintStep) -> [String] {
    let columns = tableBefore(table, at: step.index)?.columns.filter { $0.generated == nil }.map(\.name) ?? []
    let later = self.table(table, in: after)
    return columns.filter { column in
      // The schema before the revision has the names before its renames.
      let isKept = kept.contains { isSame(former($0, of: table, at: step.index), column) }
      let isReverted =
        direction == .downgrade && isRecorded && later?.columns.contains { isSame($0.name, column) } != true
      return !isKept && !isReverted
    }
  }

  func cascadeFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    let object: String
    switch change {
    case .dropTables(let tables, cascades: true), .truncate(let tables, cascades: true): object = Wording.list(tables)
    case .drop(_, let names, cascades: true), .dropIndexes(let names, _, cascades: true): object = Wording.list(names)
    case .alterTable(let table, .dropColumn(let name, cascades: true)),
      .alterTable(let table, .dropConstraint(let name, cascades: true)):
      object = "`\(table).\(name)`"
    default: return []
    }
    return [finding(.cascade, step.index, "`CASCADE` drops or empties whatever depends on \(object)")]
  }

  /// The values that an enum type loses, at the first statement that names the type.
  func enumFindings() -> [LintFinding] {
    before.enums.values.sorted { $0.name < $1.name }.flatMap { type -> [LintFinding] in
      guard let later = after.enums[type.name] else { return [] }
      let renamed = operations.compactMap { operation -> String? in
        if case .renameEnumValue(let rename) = operation, rename.table == type.name { rename.value.old } else { nil }
      }
      let removed = type.values.filter { !later.values.contains($0) && !renamed.contains($0) }
      guard !removed.isEmpty, !(direction == .downgrade && isRecorded),
        let step = steps.first(where: { step in step.tokens.contains { $0.value == type.name.name } })
      else { return [] }
      return [
        finding(.removedEnumValue, step.index, "removes \(Wording.list(removed)) from the enum type `\(type.name)`")
      ]
    }
  }
}

extension RowChange {
  /// Whether the statement has a condition, which holds for every row: `true`, `1` or `1 = 1`.
  fileprivate var hasConstantCondition: Bool {
    var words = TokenReader(rest)
    while let next = words.tokens.first, !next.isWord("WHERE") { words.skipAny() }
    guard words.skip("WHERE") else { return false }
    let condition = words.tokens.prefix { !$0.isWord(in: "RETURNING", "ORDER", "LIMIT") }
      .filter { token in !["=", "(", ")", ";"].contains { token.isSymbol($0) } && !token.isWord("TRUE") }
    return condition.allSatisfy { $0.kind == .number && $0.text != "0" } && Set(condition.map(\.text)).count < 2
  }
}
