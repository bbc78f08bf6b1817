internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
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

  private var loader: SchemaLoader { SchemaLoader(environment, state, connection) }
  private var normaliser: SchemaNormaliser { SchemaNormaliser(environment, connection) }
  private var comparer: SchemaComparer { SchemaComparer(environment) }
  private var renderer: RevisionRenderer { RevisionRenderer(environment) }

  /// The differences that `metaxy check` and `metaxy status` report.
  struct Differences {
    let operations: [MigrationOperation]
    let desired: DesiredSchema
    /// The features of the desired schema; nil for Metaxy's own tables.
    let features: FeatureSource?
  }

  /// Returns the differences between the live and the desired schema, except those that pending revisions will resolve.
  func differences(besides pending: [RevisionFile]) throws(MetaxyError) -> Differences {
    let loaded = try loader.load(besides: pending)
    let normalised = try normaliser.normalise(loaded)
    return Differences(
      operations: comparer.operations(normalised), desired: loaded.desired, features: loaded.features)
  }

  /// Returns a revision from the live schema to the desired one; nil if there is no difference on any dialect.
  ///
  /// - Parameter parents: the revisions that it follows.
  /// - Throws: errors for operations that a dialect does not support, in either direction; `rows_in_the_way` if existing
  ///   rows violate the new schema.
  func draft(following parents: [String]) throws(MetaxyError) -> RevisionDraft? {
    let loaded = try loader.load(following: parents)
    let normalised = try normaliser.normalise(loaded)
    let operations = comparer.operations(normalised)
    try ReferenceCheck(environment, connection).run(operations)
    guard var draft = try renderer.draft(operations, normalised, loaded) else { return nil }
    draft.warnings += try RowChecks(environment.dialect, connection).run(draft.liveStatements)
    return draft
  }
}
