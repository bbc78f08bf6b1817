internal import MetaxyErrors
internal import MetaxyNames
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
  /// The sections of the file. A direction without changes has a section without statements, because a missing section
  /// means that the revision was not written for the dialect.
  let sections: [RevisionSection]
  /// The desired schema of this dialect, if it differs from that of the store's dialect.
  var ownTables: Schema?

  /// - Parameter live: the tables before the upgrade.
  /// - Throws: errors for operations that the dialect does not support, in either direction.
  init(
    _ operations: [MigrationOperation], _ dialect: any Dialect, on live: RenamedSchema
  ) throws(MetaxyError) {
    self.dialect = dialect
    self.operations = operations
    let after = live.applying(operations)
    upgrade = try dialect.sections(for: operations, on: live)
    var reverted = RenamedSchema(after)
    reverted.notesObstacles = true
    downgrade = try dialect.sections(for: operations.reverseOperations, on: reverted)
    sections =
      try Self.sections(.upgrade, upgrade, on: live.after.definition, dialect)
      + Self.sections(.downgrade, downgrade, on: after.definition, dialect)
  }

  /// - Parameter recorded: the schema of the dialect after the recorded revisions.
  /// - Throws: `cannot_render_for`, for operations that the dialect does not support, in either direction.
  init(from recorded: Schema, to desired: DesiredSchema, _ dialect: any Dialect) throws(MetaxyError) {
    do {
      try self.init(
        dialect.operations(fromRecorded: recorded, to: desired), dialect,
        on: dialect.renamed(LiveSchema(recorded), to: desired))
    } catch {
      throw .cannotRenderFor(dialect.name, cause: error)
    }
  }

  static func sections(
    _ direction: RevisionDirection, _ rendered: [RenderedSection], on tables: Schema, _ dialect: any Dialect
  ) throws(MetaxyError) -> [RevisionSection] {
    guard !rendered.isEmpty else {
      return [RevisionSection(direction, dialect: dialect.name, notes: ["nothing to do here"])]
    }
    return try rendered.map { section throws(MetaxyError) in try self.section(direction, section, on: tables, dialect) }
  }

  /// Returns a section with comments above the statements: the possible failures on rows and the losses.
  private static func section(
    _ direction: RevisionDirection, _ section: RenderedSection, on tables: Schema, _ dialect: any Dialect
  ) throws(MetaxyError) -> RevisionSection {
    let tokens = try section.statements.map { statement throws(MetaxyError) in
      try SQLTokenizer.tokens(of: statement.sql, lexicon: dialect.lexicon)
    }
    let losses = Dictionary(
      grouping: dialect.losses(of: tokens).filter { !$0.loss.isComputed(in: tables) }, by: \.statement)
    let statements = section.statements.enumerated().map { index, statement in
      let lost = (losses[index] ?? []).compactMap { $0.loss.comment(section.expectation) }
      let changed = statement.preconditions.filter { $0.rule != nil }.map(\.note)
      return RevisionStatement(
        statement.sql, comments: lost + (changed + statement.notes).uniqued, rowChecks: statement.rowChecks(dialect))
    }
    return RevisionSection(
      direction, dialect: dialect.name, runsInTransaction: section.runsInTransaction,
      turnsForeignKeysOff: section.turnsForeignKeysOff, batchRows: section.batchRows,
      expectation: section.expectation?.attributeText, statements: statements)
  }

  /// Returns the warnings for the author: losses and possible failures of the upgrade, and possible failures of the
  /// downgrade.
  var warnings: [String] {
    let forwards = sections.filter { $0.direction == .upgrade }.flatMap(\.statements).flatMap(\.comments)
    return forwards.map { "upgrade: \($0)" }
      + downgrade.flatMap(\.statements).flatMap { statement in
        (statement.preconditions.filter { $0.rule != nil }.map(\.note) + statement.notes).map { "downgrade: \($0)" }
      }
  }
}

extension RenderedStatement {
  /// The conditions that the runner counts in every database.
  fileprivate func rowChecks(_ dialect: any Dialect) -> [RowCheck] {
    let empty = emptyTable.map { table in
      RowCheck(
        message: notes.first.map { $0.hasPrefix("fails if ") ? String($0.dropFirst(9)) : $0 } ?? "\(table) has rows",
        query: "SELECT count(*) FROM \(SQLWriter(dialect).name(table))")
    }
    return [empty].compactMap(\.self)
      + preconditions.map { RowCheck(rule: $0.rule, message: $0.message, query: "SELECT \($0.count)") }
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
