internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL

// Statements that must not be in a transaction, and statements that hide what they did.
extension LintedSections {
  func transactionFindings(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    switch change {
    case .createIndex(let index) where index.mayExist:
      return [mayExist(step, index.name.map { "the index `\($0)`" } ?? "an index")] + inTransaction(change, step)
    case .createTable(let table) where table.mayExist && !table.isTemporary:
      return [mayExist(step, "the table `\(table.name)`")]
    case .addEnumValue(let value, to: let type): return newValueFindings(value, of: type, step)
    default: return inTransaction(change, step)
    }
  }

  private func mayExist(_ step: LintStep, _ object: String) -> LintFinding {
    finding(.mayExist, step.index, "keeps \(object) if it exists, whatever its definition")
  }

  private func inTransaction(_ change: StatementChange, _ step: LintStep) -> [LintFinding] {
    guard step.runsInTransaction else { return [] }
    let words: String
    switch change {
    case .createIndex(let index) where index.isConcurrent: words = "CREATE INDEX CONCURRENTLY"
    case .dropIndexes(_, isConcurrent: true, cascades: _): words = "DROP INDEX CONCURRENTLY"
    case .alterTable(_, .detachPartition(isConcurrent: true)): words = "DETACH PARTITION … CONCURRENTLY"
    case .maintain("REINDEX", isConcurrent: true): words = "REINDEX CONCURRENTLY"
    case .maintain(let maintenance, isConcurrent: _) where maintenance.hasPrefix("VACUUM"): words = maintenance
    default: return []
    }
    return [finding(.concurrentInTransaction, step.index, "PostgreSQL refuses `\(words)` in a transaction")]
  }

  private func newValueFindings(_ value: String, of type: TableName, _ step: LintStep) -> [LintFinding] {
    guard step.runsInTransaction, !isCreated(type, before: step.index) else { return [] }
    let use = steps[(step.index + 1)...].first { later in
      later.section == step.section && later.tokens.contains { $0.kind == .string && $0.value == value }
        && !later.changes.contains { if case .addEnumValue = $0 { true } else { false } }
    }
    guard let use else { return [] }
    return [
      finding(
        .newEnumValue, step.index,
        "line \(use.statement.position?.line ?? use.index + 1) uses the value `\(value)` of `\(type)` in the transaction that adds it"
      )
    ]
  }

  private func isCreated(_ type: TableName, before step: Int) -> Bool {
    steps[..<step].contains { earlier in
      var words = TokenReader(earlier.tokens, foldsNames: dialect.lexicon.foldsNames)
      return words.skip("CREATE", "TYPE") && words.qualifiedName().map { isSame($0, type) } == true
    }
  }
}
