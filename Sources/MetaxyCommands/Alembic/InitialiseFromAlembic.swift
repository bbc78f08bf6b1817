internal import MetaxyConfiguration
internal import MetaxyDatabase
package import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime

extension Commands {
  /// The Alembic environments from which a history is taken over.
  package struct AlembicRequest: Sendable {
    /// The environment of the tables of features, as typed: its directory, or its `alembic.ini`.
    package var user: String
    /// The environment of Metaxy's system tables; nil if there is none.
    package var system: String?
    package var convertsSystemTables: Bool

    package init(user: String, system: String?, convertsSystemTables: Bool) {
      self.user = user
      self.system = system
      self.convertsSystemTables = convertsSystemTables
    }

    /// The same request with consent to the conversion of system tables.
    var converting: SuggestedCommand {
      .initialiseFromAlembic(user, systemAlembic: system, convertingSystemTables: true)
    }
  }

  /// Takes over the histories of Alembic environments for a database that is at their heads.
  ///
  /// - Throws: `alembic_failed`, `alembic_not_at_head`, `has_history`, `no_database`, `nothing_to_adopt`.
  package static func initialiseFromAlembic(
    _ context: CommandContext, _ request: AlembicRequest
  ) throws(MetaxyError) -> InitialiseReport {
    var report = try initialise(context, versionTables: (nil, nil))
    let before = try ProjectSession(context)
    guard before.database.exists else { throw .noDatabaseToAdopt(before.database.displayName) }
    let run = try AlembicRun(before)
    let user = try run.history(at: request.user)
    let system = try request.system.map { path throws(MetaxyError) in try run.history(at: path) }
    let session = try adoptingSettings(
      before, versionTables: try versionTables(user, system, before), generation: try before.adoptedGeneration(),
      &report)
    let lock = try session.lockDatabase()
    defer { lock.release() }
    var plan = try AlembicPlan(request, user, system, session)
    try plan.find()
    let connection = try session.database.openForWriting(under: lock)
    if let move = plan.move { try connection.transaction { () throws(MetaxyError) in try move.run(connection) } }
    for adoption in plan.adoptions { report.baselines.append(try adoption.run(connection)) }
    if let baseline = plan.systemBaseline { report.baselines.append(try baseline.run(connection)) }
    if let move = plan.move ?? plan.adoptions.compactMap(\.move).first {
      context.note(
        "\(Wording.list(move.rows.sorted())) moved from the shared version table `\(move.from.table)` to `\(move.to.table)`"
      )
    }
    return report
  }

  /// Returns the names of version tables that the configuration must set.
  private static func versionTables(
    _ user: AlembicHistory, _ system: AlembicHistory?, _ session: ProjectSession
  ) throws(MetaxyError) -> (user: String?, system: String?) {
    for (history, kind) in [(user, .user), (system, .system)] as [(AlembicHistory?, MigrationEnvironment.Kind)] {
      guard let history, let schema = history.versionTableSchema else { continue }
      let environment = try session.project.environment(kind, for: session.store)
      guard schema != environment.versionTableSchema ?? "public" else { continue }
      throw .alembicVersionTable(
        in: schema, history, file: session.project.displayPath("\(environment.directory)/alembic.ini"))
    }
    let own = try session.project.environment(.user, for: session.store).versionTable
    let userTable = user.versionTable == own ? nil : user.versionTable
    guard let system, system.versionTable != user.versionTable else { return (userTable, nil) }
    let ownSystem = try session.project.environment(.system, for: session.store).versionTable
    return (userTable, system.versionTable == ownSystem ? nil : system.versionTable)
  }
}

/// What is taken over, found before anything is written.
struct AlembicPlan {
  private let request: Commands.AlembicRequest
  private let user: AlembicHistory
  private let system: AlembicHistory?
  private let session: ProjectSession
  private(set) var adoptions: [AlembicAdoption] = []
  /// A baseline of the system tables, if no Alembic environment has their history.
  private(set) var systemBaseline: BaselineAdoption?
  /// The rows of a further database to move, whose user environment needs no file.
  private(set) var move: VersionRowMove?

  init(
    _ request: Commands.AlembicRequest, _ user: AlembicHistory, _ system: AlembicHistory?, _ session: ProjectSession
  ) throws(MetaxyError) {
    self.request = request
    self.user = user
    self.system = system
    self.session = session
  }

  mutating func find() throws(MetaxyError) {
    let connection = try session.database.openForReading()
    let environment = try self.environment(.user)
    let rows = try environment.versionTable.revisions(connection)
    let systemRows = rows.intersection(system?.names ?? [])
    let isNew = environment.revisions.revisions.isEmpty
    if isNew {
      try requireHead(user, rows.subtracting(systemRows), table: environment.environment.versionTable)
      adoptions.append(try adoption(user, environment, rows.subtracting(systemRows), connection))
    }
    if session.project.hasSystemEnvironment || system != nil {
      try findSystem(systemRows, isUserNew: isNew, environment, connection)
    }
    guard !adoptions.isEmpty || systemBaseline != nil || move != nil else {
      throw .hasHistory([environment.revisions.graph.heads])
    }
  }

  /// - Parameter shared: the rows of the system environment in the version table of the user environment.
  private mutating func findSystem(
    _ shared: Set<String>, isUserNew: Bool, _ user: EnvironmentContext, _ connection: any Connection
  ) throws(MetaxyError) {
    let environment = try self.environment(.system)
    if !shared.isEmpty {
      let move = VersionRowMove(rows: shared, from: user.versionTable, to: environment.versionTable)
      if isUserNew { adoptions[0].move = move } else { self.move = move }
    }
    guard environment.revisions.revisions.isEmpty else {
      let rows = try environment.versionTable.revisions(connection).union(shared)
      if request.convertsSystemTables { systemBaseline = try Commands.conversion(environment, rows, connection) }
      return
    }
    guard let system else {
      systemBaseline = try Commands.adoption(
        environment, connection, convertsSystemTables: request.convertsSystemTables)
      return
    }
    let rows = try environment.versionTable.revisions(connection).union(shared)
    try requireHead(system, rows, table: environment.environment.versionTable)
    var adoption = try adoption(system, environment, rows, connection)
    if !adoption.baseline.differences.isEmpty {
      guard request.convertsSystemTables else {
        let count = Wording.count(adoption.baseline.differences.count, "change")
        session.context.warn(
          "the system tables of `\(session.database.displayName)` have another layout and are not adopted yet:"
            + " \(request.converting) makes \(count) and keeps every row")
        return
      }
      adoption.conversion = try SystemTablesConversion(adoption.baseline, in: environment)
    }
    adoptions.append(adoption)
  }

  private func environment(_ kind: EnvironmentKind) throws(MetaxyError) -> EnvironmentContext {
    try EnvironmentContext(try session.project.environment(kind, for: session.store), in: session)
  }

  private func requireHead(_ history: AlembicHistory, _ rows: Set<String>, table: String) throws(MetaxyError) {
    let heads = history.revisions.graph.heads
    let unknown = rows.subtracting(history.names)
    guard unknown.isEmpty else { throw .strangeVersion(unknown, table: table, history, hasSystem: system != nil) }
    guard heads.count == 1 else { throw .alembicHeads(heads, history) }
    guard rows == Set(heads) else { throw .alembicNotAtHead(rows, heads, history, table: table) }
  }

  private func adoption(
    _ history: AlembicHistory, _ environment: EnvironmentContext, _ rows: Set<String>, _ connection: any Connection
  ) throws(MetaxyError) -> AlembicAdoption {
    let environment = environment.replacing(history.revisions)
    return try environment.completingHints { () throws(MetaxyError) in
      let state = try environment.state(rows, environment.log.entries(connection))
      let comparison = EnvironmentComparison(environment: environment, state: state, connection: connection)
      guard let baseline = try comparison.baseline() else { throw .nothingToAdopt(environment.database.displayName) }
      var adoption = AlembicAdoption(environment: environment, history: history, baseline: baseline)
      if environment.kind == .user { adoption.replay = try AlembicReplay(history, environment, baseline) }
      return adoption
    }
  }
}
