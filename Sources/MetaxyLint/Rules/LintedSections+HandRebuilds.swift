internal import MetaxyErrors
internal import MetaxyLintRules
internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

// Rebuilds of tables that lose what belongs to the table. https://sqlite.org/lang_altertable.html#otheralter
extension LintedSections {
  func findings(in rebuild: TableRebuild) -> [LintFinding] {
    let former = former(rebuild.table, at: rebuild.drop)
    guard let old = table(former, in: before) else { return [] }
    return lostIndexes(rebuild, table(rebuild.table, in: after) ?? old)
      + lostNumbering(rebuild, table(rebuild.table, in: after) ?? old)
      + deletedRows(rebuild, old)
  }

  private func lostIndexes(_ rebuild: TableRebuild, _ table: Table) -> [LintFinding] {
    let created = steps[rebuild.creation...].flatMap(\.changes).compactMap { change -> String? in
      switch change {
      case .createIndex(let index): index.name
      case .dropIndexes(let names, isConcurrent: _, cascades: _): names.first?.name
      default: nil
      }
    }
    let dropped = steps[..<rebuild.creation].flatMap(\.changes).flatMap { change -> [String] in
      if case .dropIndexes(let names, isConcurrent: _, cascades: _) = change { names.map(\.name) } else { [] }
    }
    let lost = table.indexes.map(\.name.text).filter { name in
      // Without a record, an index that was dropped on purpose is not missing.
      !created.contains { isSame($0, name) } && (isRecorded || !dropped.contains { isSame($0, name) })
    }
    guard !lost.isEmpty else { return [] }
    return [
      finding(
        .lostIndex, rebuild.drop,
        "the rebuild of `\(rebuild.table)` does not create \(Wording.list(lost)) on the new table")
    ]
  }

  private func lostNumbering(_ rebuild: TableRebuild, _ table: Table) -> [LintFinding] {
    guard table.primaryKey?.isAutoincrement == true,
      !steps[rebuild.creation].tokens.contains(where: { $0.isWord("AUTOINCREMENT") })
    else { return [] }
    return [
      finding(
        .lostNumbering, rebuild.creation, "the new table of the rebuild of `\(rebuild.table)` has no `AUTOINCREMENT`")
    ]
  }

  /// https://sqlite.org/foreignkeys.html#fk_schemacommands
  private func deletedRows(_ rebuild: TableRebuild, _ table: Table) -> [LintFinding] {
    let step = steps[rebuild.drop]
    let referring = before.sorted.filter { other in other.foreignKeys.contains { isSame($0.table, table.name) } }
    guard !step.turnsForeignKeysOff, !referring.isEmpty else { return [] }
    return [
      finding(
        .deletingRebuild, rebuild.drop,
        "`DROP TABLE` deletes every row of `\(rebuild.table)`, to which \(Wording.list(referring.map(\.name))) refers")
    ]
  }
}
