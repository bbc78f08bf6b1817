internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Finds drift: the changes of a database that no revision made.
struct DriftFinder {
  private let environment: EnvironmentContext
  private let state: EnvironmentState
  private let connection: any Connection
  private let isReplay: Bool

  /// - Parameter isReplay: whether the database is what the files alone have made; then only revisions without a record are
  ///   unknown.
  init(
    _ environment: EnvironmentContext, _ state: EnvironmentState, _ connection: any Connection, isReplay: Bool
  ) {
    self.isReplay = isReplay
    self.environment = environment
    self.state = state
    self.connection = connection
  }

  private var dialect: any Dialect { environment.dialect }

  /// Returns the operations from the recorded schema to the live one.
  ///
  /// Tables that applied statements without a record change are left out, because their recorded form is unknown.
  func operations(_ loaded: LoadedSchemas) throws(MetaxyError) -> [MigrationOperation] {
    // Between revisions the tables match no record.
    guard !loaded.isHalfApplied else { return [] }
    let recorded = loaded.applied
    // An expression that cannot be compared is reported where it is compared with the definitions.
    let live = try environment.database.normalised(loaded.live.before, to: recorded, connection).schema
    let resolving = dialect.operations(from: RenamedSchema(live), to: recorded)
    guard !resolving.isEmpty else { return [] }
    let unrecorded = try UnrecordedStatements(environment, state, inGeneratedFiles: !isReplay)
    return resolving.reverseOperations.filter { !unrecorded.change($0.table) }
  }
}
