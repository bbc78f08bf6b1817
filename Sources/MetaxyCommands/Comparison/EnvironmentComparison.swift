internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Compares the database of an environment with the desired schema, in four stages: load → normalise → compare → render.
///
/// | stage | type | result |
/// |---|---|---|
/// | load | ``SchemaLoader`` | ``LoadedSchemas``: definitions, live schema and records, as they were read |
/// | normalise | ``SchemaNormaliser`` | ``NormalisedSchemas``: the live schema in the text of the definitions |
/// | compare | ``SchemaComparer`` | operations |
/// | render | ``RevisionRenderer`` | ``RevisionDraft``: the sections of a revision, for each dialect |
struct EnvironmentComparison {
  let environment: EnvironmentContext
  let state: EnvironmentState
  let connection: any Connection
  /// Whether the database is what the files alone have made, so that a statement that its record does not contain is a
  /// difference between the files and not one of the database.
  var isReplay = false

  private var finder: DriftFinder { DriftFinder(environment, state, connection, isReplay: isReplay) }
  var loader: SchemaLoader { SchemaLoader(environment, state, connection) }
  var normaliser: SchemaNormaliser { SchemaNormaliser(environment, connection) }
  var comparer: SchemaComparer { SchemaComparer(environment) }
  private var renderer: RevisionRenderer { RevisionRenderer(environment) }

  /// Returns the differences between the live and the desired schema, except those that pending revisions will resolve.
  func differences(
    besides pending: [RevisionFile], _ dialects: OtherDialects = .available
  ) throws(MetaxyError) -> SchemaDifferences {
    let loaded = try loader.load(besides: pending, dialects)
    return try differences(loaded, try normaliser.normalise(loaded))
  }

  /// The differences, and the revision that resolves them.
  struct Outcome {
    let differences: SchemaDifferences
    /// The revision; nil if there is no difference on any dialect, or if it is not decided what a rename is.
    var draft: RevisionDraft?
    /// The dropped and added objects that could be renamed ones, and about which nothing is decided.
    var undecided: [PossibleRename] = []
    /// Whether the database has none of the tables.
    var isFromEmpty = false
  }

  /// Returns a revision from the live schema to the desired one.
  ///
  /// - Parameters:
  ///   - decisions: the renames that no definition declares.
  ///   - rows: what existing rows get, besides the declarations.
  ///   - converts: whether tables of the other generation are converted, and not refused.
  /// - Throws: errors for operations that a dialect does not support, in either direction; `rows_in_the_way` if existing
  ///   rows violate the new schema; `unknown_rename`; `unknown_backfill`; `unknown_conversion`; `unusable_expression`;
  ///   `nothing_to_convert`.
  func draft(
    _ decisions: RenameDecisions, _ rows: RowDecisions, converting converts: Bool = false
  ) throws(MetaxyError) -> Outcome {
    let loaded = try loader.load(besides: [], .all, decisions, rows, converting: converts)
    let normalised = try normaliser.normalise(loaded)
    let differences = try differences(loaded, normalised)
    guard !differences.isEmpty else {
      try rows.requireUse([])
      return Outcome(differences: differences, isFromEmpty: normalised.live.before.definition.tables.isEmpty)
    }
    let undecided = decisions.undecided(possibleRenames(in: differences, loaded))
    guard undecided.isEmpty else { return Outcome(differences: differences, undecided: undecided) }
    let schemas = try normaliser.recorded(normalised, loaded)
    let operations = comparer.operations(schemas)
    try rows.requireUse(operations + differences.others.flatMap(\.operations))
    try RowExpressionCheck(environment.dialect).run(operations)
    for other in differences.others { try RowExpressionCheck(other.dialect).run(other.operations) }
    try ReferenceCheck(environment, connection).run(operations)
    var draft = try renderer.draft(operations, schemas, loaded)
    draft.record?.noteDrift(differences.drift, on: environment.dialect)
    draft.warnings += try RowChecks(environment.dialect, connection, converting: converts).run(
      draft.liveStatements)
    if converts { draft.warnings += try SoftDeletedRows(environment.dialect, connection).warnings(loaded) }
    return Outcome(
      differences: differences, draft: draft, isFromEmpty: schemas.live.before.definition.tables.isEmpty)
  }

  /// Returns a revision that makes the drift of the database, from the tables that the revisions make; nil without drift.
  ///
  /// - Throws: errors for operations that a dialect does not support, in either direction.
  func adoption() throws(MetaxyError) -> RevisionDraft? {
    let loaded = try loader.load(besides: [], .none)
    let drift = try finder.operations(loaded)
    guard !drift.isEmpty else { return nil }
    var drafts: [DialectDraft] = []
    var record = RevisionRecord()
    let own = environment.dialect
    let others = environment.session.project.migrations.dialects.filter { $0.rawValue != own.name }
    for dialect in [own] + others.map(environment.session.context.dialect) {
      let before = try loaded.records.schema(for: dialect)
      let after = before.applying(drift) { dialect.renaming($1, to: $2, in: $0) }
      let draft = try DialectDraft(from: before, to: DesiredSchema(schema: after), dialect)
      let part = RevisionRecord(of: draft.operations, desired: after, rules: dialect)
      if drafts.isEmpty { record = part } else if part != record { record.dialects[dialect.name] = part }
      drafts.append(draft)
    }
    record.noteDrift(drift, on: own)
    return RevisionDraft(
      sections: drafts.flatMap(\.sections), record: record, snapshot: nil, operations: drift.map(\.description),
      message: "adopt \(drift.revisionMessage)", warnings: drafts.flatMap(\.warnings).uniqued, liveStatements: [])
  }

  /// The objects that could be renamed ones on any dialect: another may know a table that the live database lacks.
  private func possibleRenames(in differences: SchemaDifferences, _ loaded: LoadedSchemas) -> [PossibleRename] {
    let lists =
      [environment.dialect.possibleRenames(in: differences.operations, to: loaded.desired.schema)]
      + zip(differences.others, loaded.otherDialects).map { other, target in
        other.dialect.possibleRenames(in: other.operations, to: target.desired.schema)
      }
    var seen: Set<String> = []
    return lists.joined().filter { seen.insert($0.oldText).inserted }
  }

  private func differences(
    _ loaded: LoadedSchemas, _ normalised: NormalisedSchemas
  ) throws(MetaxyError) -> SchemaDifferences {
    let operations = comparer.operations(normalised)
    let declared = environment.dialect.operations(
      fromRecorded: environment.ignored.remaining(of: try loaded.records.schema(for: environment.dialect)),
      to: loaded.desired)
    // A database that is neither ahead of the definitions nor behind them is what the revisions make.
    let drift =
      operations.isEmpty && declared.isEmpty && loaded.pending == nil
      ? [] : try finder.operations(loaded)
    let others = try loaded.otherDialects.map { target throws(MetaxyError) in
      try target.operations(since: loaded.records)
    }
    return SchemaDifferences(
      operations: operations, others: others,
      drift: drift, declared: declared,
      explained: loaded.pending == nil ? [] : comparer.explained(normalised, besides: operations),
      invalidIndexes: normalised.live.before.invalidIndexes, desired: loaded.desired, features: loaded.features)
  }
}
