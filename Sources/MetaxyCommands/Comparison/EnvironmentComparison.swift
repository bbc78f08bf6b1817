internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Compares the database of an environment with what is desired, in four stages: load → normalise → compare → render.
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

  /// What `metaxy check` and `metaxy status` report.
  struct Differences {
    let operations: [MigrationOperation]
    let desired: DesiredSchema
    /// The features among what is desired; nil for Metaxy's own tables.
    let features: FeatureSource?
  }

  /// Returns what the database has other than it is desired and than pending revisions will change.
  func differences(besides pending: [RevisionFile]) throws(MetaxyError) -> Differences {
    let loaded = try loader.load(besides: pending)
    let normalised = try normaliser.normalise(loaded)
    return Differences(
      operations: comparer.operations(normalised), desired: loaded.desired, features: loaded.features)
  }

  /// Returns a revision that leads from the database to what is desired; nil where there is nothing to do on any dialect.
  ///
  /// - Parameter parents: the revisions that it follows.
  /// - Throws: what a dialect cannot do, in either direction; `rows_in_the_way` for what the rows of this database make
  ///   impossible.
  func draft(following parents: [String]) throws(MetaxyError) -> RevisionDraft? {
    let loaded = try loader.load(following: parents)
    let normalised = try normaliser.normalise(loaded)
    let operations = comparer.operations(normalised)
    try ReferenceCheck(environment, connection).run(operations)
    guard let draft = try renderer.draft(operations, normalised, loaded) else { return nil }
    try RowChecks(environment.dialect, connection).run(draft.liveStatements)
    return draft
  }
}
