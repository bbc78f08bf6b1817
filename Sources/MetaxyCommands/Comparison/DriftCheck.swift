internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Finds, before an upgrade, the live tables that its revisions change and that are not as the applied revisions left them.
///
/// Compared are the tables that a revision of the run changes and that the records of the applied revisions define; a
/// database without such records is not compared. These differences do not stop a run:
///
/// - indexes and row policies that no revision created, comments, and storage parameters: no revision depends on them;
/// - those that the record of a revision of the run notes: it was written from a database with the same drift, which it
///   resolves or keeps;
/// - those of tables that applied statements without a record change, because their form is unknown;
/// - those of tables with an expression that the engine cannot compare, which is a warning.
struct DriftCheck {
  private let environment: EnvironmentContext
  private let state: EnvironmentState
  private let connection: any Connection
  private var dialect: any Dialect { environment.dialect }

  init(_ environment: EnvironmentContext, _ state: EnvironmentState, _ connection: any Connection) {
    self.environment = environment
    self.state = state
    self.connection = connection
  }

  /// Refuses a run of `steps` on drifted tables.
  ///
  /// - Throws: `drift`, with every difference.
  func run(_ steps: [RunStep]) throws(MetaxyError) {
    let found = try operations(before: steps)
    guard !found.isEmpty else { return }
    throw .drifted(found, environment.database.displayName)
  }

  /// Returns the operations that made the drift.
  func operations(before steps: [RunStep]) throws(MetaxyError) -> [MigrationOperation] {
    // Between revisions the tables match no record.
    guard !steps.isEmpty, !state.current.isEmpty, !state.isBetweenRevisions else { return [] }
    guard let (records, applied) = try readRecords(of: steps) else { return [] }
    let reach = try Self.reach(of: zip(steps.map(\.file), records), dialect)
    guard let recorded = part(of: applied, reach) else { return [] }
    let noted = Set(records.flatMap { $0?.drift[dialect.name] ?? [] })
    let found = try differences(from: recorded, reach).filter { !noted.contains($0.description) }
    guard !found.isEmpty else { return [] }
    let unrecorded = try UnrecordedStatements(environment, state)
    return found.filter { !unrecorded.change($0.table) }
  }

  private static func reach(
    of revisions: some Sequence<(RevisionFile, RevisionRecord?)>, _ dialect: any Dialect
  ) throws(MetaxyError) -> RevisionReach {
    var whole = RevisionReach()
    for (file, record) in revisions { whole.formUnion(try RevisionReach(of: file, record, for: [dialect])) }
    return whole
  }

  /// Returns the records of the run, and the schema after the applied revisions; nil if they cannot be read, which does not
  /// stop a run.
  private func readRecords(of steps: [RunStep]) throws(MetaxyError) -> ([RevisionRecord?], Schema)? {
    do throws(MetaxyError) {
      let records = try steps.map { step throws(MetaxyError) in try environment.uncheckedRecord(of: step.file) }
      return (records, environment.ignored.remaining(of: try environment.recordedSchema(of: state)))
    } catch  where [.conflictingRecords, .recordMismatch, .malformedRecord].contains(error.code) {
      environment.session.context.report(
        .warning("the live tables are not compared with the records: \(error.message)"))
      return nil
    }
  }

  /// The objects that the run changes, as the applied revisions left them; nil if no record defines any.
  private func part(of applied: Schema, _ reach: RevisionReach) -> Schema? {
    let part = applied.filter(reach.changes)
    let isEmpty = part.sorted.isEmpty && !part.enums.keys.contains(where: reach.changes)
    return isEmpty ? nil : part
  }

  private func differences(
    from recorded: Schema, _ reach: RevisionReach
  ) throws(MetaxyError) -> [MigrationOperation] {
    let database = environment.database
    let names = Set(recorded.sorted.map { dialect.folded($0.name) })
    let live = try database.introspect(connection) { !names.contains(dialect.folded($0)) }
    let (normalised, undecided) = try database.normalised(
      environment.ignored.remaining(of: live), to: recorded, connection)
    // Its expressions would differ as they are printed.
    let skipped = Set(undecided.map { dialect.folded($0.table) })
    for part in undecided {
      environment.session.context.report(
        .warning("whether `\(part.table)` was changed by hand is not known: \(part.sentence)"))
    }
    return dialect.operations(from: RenamedSchema(normalised), to: recorded)
      .filter { operation in
        switch operation.kind {
        case .table:
          names.contains(dialect.folded(operation.table)) && !skipped.contains(dialect.folded(operation.table))
        case .enumType: recorded.enums[operation.table] != nil && reach.changes(operation.table)
        case .sequence, .namespace: false
        }
      }
      .filter(Self.matters).reverseOperations
  }

  /// Whether a difference can matter to a revision.
  ///
  /// - Parameter operation: the operation that undoes it.
  static func matters(_ operation: MigrationOperation) -> Bool {
    switch operation {
    case .dropIndex, .dropPolicy, .changeComment, .changeStorage: false
    default: true
    }
  }
}

extension MetaxyError {
  fileprivate static func drifted(_ operations: [MigrationOperation], _ database: String) -> MetaxyError {
    let shown = operations.prefix(20).map { operation in
      "\n  \(Wording.change(operation.description, from: operation.before, to: operation.after))"
    }
    let more = operations.count > 20 ? "\n  and \(operations.count - 20) more" : ""
    return MetaxyError(
      .drift,
      "`\(database)` has drifted in tables that the revisions change, so nothing was done; no revision made"
        + " \(operations.count == 1 ? "this change" : "these changes"):" + shown.joined() + more,
      hints: [
        "undo \(operations.count == 1 ? "the change" : "the changes") by hand, or see with \(.check()) what the definitions ask for",
        "\(.upgradeAllowingDrift()) runs the revisions on the tables as they are",
      ])
  }
}
