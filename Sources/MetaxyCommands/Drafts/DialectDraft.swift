internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The part of a revision for one dialect: the sections that apply a change and those that revert it.
struct DialectDraft {
  let dialect: any Dialect
  let operations: [MigrationOperation]
  let upgrade: [RenderedSection]
  let downgrade: [RenderedSection]
  /// The tables that the upgrade finds, and those that it leaves, by the names that they have after what is renamed.
  private let tables: (before: LiveSchema, after: LiveSchema)
  /// What is asked for on this dialect, where that is other than on the live one.
  var ownTables: Schema?

  /// - Parameter live: the tables before the upgrade.
  /// - Throws: errors for operations that the dialect does not support, in either direction.
  init(
    _ operations: [MigrationOperation], _ dialect: any Dialect, on live: RenamedSchema
  ) throws(MetaxyError) {
    self.dialect = dialect
    self.operations = operations
    tables = (live.after, live.applying(operations))
    upgrade = try dialect.sections(for: operations, on: live)
    downgrade = try dialect.sections(for: operations.reverseOperations, on: RenamedSchema(tables.after))
  }

  /// Returns the sections of the file. A direction without changes is a section without statements: a revision without
  /// a section was not written for the dialect.
  func sections() throws(MetaxyError) -> [RevisionSection] {
    try sections(.upgrade, upgrade) + sections(.downgrade, downgrade)
  }

  private func sections(
    _ direction: RevisionDirection, _ rendered: [RenderedSection]
  ) throws(MetaxyError) -> [RevisionSection] {
    guard !rendered.isEmpty else {
      return [RevisionSection(direction, dialect: dialect.name, notes: ["nothing to do here"])]
    }
    return try rendered.map { section throws(MetaxyError) in try self.section(direction, section) }
  }

  /// Returns a section with comments above the statements: the possible failures on rows and the losses.
  private func section(
    _ direction: RevisionDirection, _ section: RenderedSection
  ) throws(MetaxyError) -> RevisionSection {
    let tokens = try section.statements.map { statement throws(MetaxyError) in
      try SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon)
    }
    let found = direction == .upgrade ? tables.before : tables.after
    let losses = dialect.losses(of: tokens).filter { !$0.loss.isComputed(in: found.definition) }
    let statements = section.statements.enumerated().map { index, statement in
      let lost = losses.filter { $0.statement == index }.compactMap { $0.loss.comment(section.expectation) }
      return RevisionStatement(statement.sql, comments: lost + statement.notes)
    }
    return RevisionSection(
      direction, dialect: dialect.name, runsInTransaction: section.runsInTransaction,
      turnsForeignKeysOff: section.turnsForeignKeysOff,
      expectation: section.expectation?.attributeText, statements: statements)
  }

  /// Returns the warnings for the author: losses and possible failures of the upgrade, and possible failures of the
  /// downgrade.
  func warnings() throws(MetaxyError) -> [String] {
    let forwards = try sections(.upgrade, upgrade).flatMap(\.statements).flatMap(\.comments)
    return forwards.map { "upgrade: \($0)" }
      + downgrade.flatMap(\.statements).flatMap { $0.notes.map { "downgrade: \($0)" } }
  }
}

extension PotentialLoss {
  /// Returns whether the loss is a column that is computed from existing columns.
  fileprivate func isComputed(in tables: Schema) -> Bool {
    guard case .column(let name, of: let table, isDropped: true) = self else { return false }
    return tables.table(folded: table)?.column(name)?.generated != nil
  }

  /// Returns the comment in the file; nil if there is no loss to report there.
  fileprivate func comment(_ expectation: TableExpectation?) -> String? {
    switch self {
    case .column(_, of: _, isDropped: false): return nil  // the backfill of a new column
    case .replacement(of: let table, keeping: let kept):
      let names = Set(kept.map { $0.folded })
      let lost = (expectation?.columns ?? []).filter { !names.contains($0.folded) }
      return lost.isEmpty
        ? nil : "\(rule): loses the values of \(lost.map { "`\(table).\($0)`" }.joined(separator: ", "))"
    default: return "\(rule): loses \(displayText)"
    }
  }
}
