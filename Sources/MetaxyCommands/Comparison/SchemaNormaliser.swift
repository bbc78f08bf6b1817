internal import MetaxyErrors
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The second stage, normalise: replaces live expressions by those of the definitions if the engine parses both to the same
/// canonical form, so that only real differences remain.
///
/// An expression that the engine cannot evaluate is reported and remains a difference.
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
    return live
  }

  /// Returns live tables with the expressions of the revisions that created them, where the definitions have changed since.
  ///
  /// An engine may parse its own output differently: PostgreSQL prints `kind IN ('a', 'b')` as a cast of an array, and
  /// parses that as an array of casts. So a downgrade uses the recorded expression instead of the printed one. An
  /// expression that equals the desired one stays as it is, so that the differences remain the same.
  func recorded(_ schemas: NormalisedSchemas, _ loaded: LoadedSchemas) throws(MetaxyError) -> NormalisedSchemas {
    let dialect = database.dialect
    let live = schemas.live.after
    let records = try dialect.renamed(LiveSchema(loaded.records.schema(for: dialect)), to: loaded.desired)
    // An expression that cannot be compared stays as printed.
    let recorded = try database.normalised(live, to: records.after.definition, connection).schema
    var schemas = schemas
    schemas.live.after.definition = live.definition.keepingExpressions(
      equalTo: schemas.desired.schema, otherwise: recorded.definition, rules: dialect)
    return schemas
  }

  private func pending(_ revisions: PendingRevisions, _ printed: LiveSchema) throws(MetaxyError)
    -> NormalisedSchemas.Pending
  {
    let dialect = database.dialect
    let changed = revisions.changedTables(dialect)
    let recorded = revisions.applied.filter { changed.contains(dialect.folded($0)) }
    var live = printed.filter {
      changed.contains(dialect.folded($0)) && dialect.table($0, in: revisions.applied) != nil
    }
    // What the pending revisions create and the database has already is drift, but no difference.
    live.definition.enums = live.definition.enums.filter { revisions.applied.enums[$0.key] != nil }
    live.definition.sequences = live.definition.sequences.filter { revisions.applied.sequences[$0.key] != nil }
    live.definition.namespaces.formIntersection(revisions.applied.namespaces)
    return NormalisedSchemas.Pending(
      revisions: revisions, recorded: recorded, live: try normalised(live, to: recorded))
  }

  private func normalised(_ live: LiveSchema, to definitions: Schema) throws(MetaxyError) -> LiveSchema {
    let (schema, undecided) = try database.normalised(live, to: definitions, connection)
    for part in undecided { context.report(.warning(part.sentence)) }
    return schema
  }
}
