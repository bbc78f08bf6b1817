internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Normalise, the second stage: gives live expressions the text of the definitions wherever the engine reads both as the
/// same, so that only real differences are left to compare.
///
/// What the engine cannot decide is reported and stays a difference.
struct SchemaNormaliser {
  private let database: any Database
  private let connection: any Connection
  private let context: CommandContext

  init(_ environment: EnvironmentContext, _ connection: any Connection) {
    database = environment.database
    self.connection = connection
    context = environment.session.context
  }

  func normalise(_ loaded: LoadedSchemas) throws(MetaxyError) -> NormalisedSchemas {
    try context.timed(.normalisation) { () throws(MetaxyError) in
      var schemas = NormalisedSchemas(desired: loaded.desired, live: try live(loaded))
      if let revisions = loaded.pending { schemas.pending = try pending(revisions, loaded.live.before) }
      return schemas
    }
  }

  private func live(_ loaded: LoadedSchemas) throws(MetaxyError) -> RenamedSchema {
    var live = loaded.live
    let definitions = loaded.desired.schema
    live.before = try normalised(live.before, to: definitions)
    live.after = live.renames.isEmpty ? live.before : try normalised(live.after, to: definitions)
    if let records = loaded.records { live.after = try recorded(live.after, records, loaded.desired) }
    return live
  }

  /// Returns live tables in the text that the revisions made them with, where that of the definitions is another one now.
  ///
  /// What an engine prints it may read as something else: PostgreSQL prints `kind IN ('a', 'b')` as a cast of an array, and
  /// reads that as an array of casts. So a downgrade says what was said before, not what is printed.
  private func recorded(
    _ live: LiveSchema, _ records: RevisionRecords, _ desired: DesiredSchema
  ) throws(MetaxyError) -> LiveSchema {
    let recorded = database.dialect.renamed(LiveSchema(records.schema(for: database.dialect)), to: desired)
    // What cannot be decided stays as it is printed.
    return try database.normalised(live, to: recorded.after.definition, connection).schema
  }

  private func pending(_ revisions: PendingRevisions, _ printed: LiveSchema) throws(MetaxyError)
    -> NormalisedSchemas.Pending
  {
    let dialect = database.dialect
    let changed = revisions.changedTables(dialect)
    let recorded = revisions.applied.filter { changed.contains(dialect.folded($0)) }
    let live = printed.filter {
      changed.contains(dialect.folded($0)) && dialect.table($0, in: revisions.applied) != nil
    }
    return NormalisedSchemas.Pending(
      revisions: revisions, recorded: recorded, live: try normalised(live, to: recorded))
  }

  private func normalised(_ live: LiveSchema, to definitions: Schema) throws(MetaxyError) -> LiveSchema {
    let (schema, undecided) = try database.normalised(live, to: definitions, connection)
    for sentence in undecided { context.report(.warning(sentence)) }
    return schema
  }
}
