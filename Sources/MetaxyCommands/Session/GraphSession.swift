internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// Access to the graphs in a store's system tables, after checking that the tables exist and are up to date.
struct GraphSession {
  let session: ProjectSession
  let environment: EnvironmentContext
  let connection: any Connection
  /// The recorded graphs of the first generation.
  let graphs: PushedGraphs
  /// The recorded graphs of generation 0.1.
  let graphs01: PushedGraphs01
  let generation: Generation

  /// - Throws: `system_tables_disabled`, `environment_missing`; `system_tables_outdated` if the table lacks columns or
  ///   does not exist.
  init(_ session: ProjectSession, forWriting: Bool) throws(MetaxyError) {
    let project = session.project
    let system = try project.environment(.system, for: session.store)
    guard system.isInitialised else {
      throw .environmentMissing(system.kind.rawValue, project.displayPath(system.directory))
    }
    self.session = session
    environment = try EnvironmentContext(system, in: session)
    // A database that does not exist counts as empty, and must not be created by this check.
    let changes = forWriting && session.database.exists
    connection = try changes ? session.database.openForWriting() : session.database.openForReading()
    let (dialect, prefix) = (session.database.dialect, session.store.tablePrefix)
    graphs = PushedGraphs(dialect: dialect, connection: connection, prefix: prefix)
    graphs01 = PushedGraphs01(dialect: dialect, connection: connection, prefix: prefix)
    generation = try session.generation()
    try requireColumns()
  }

  private func requireColumns() throws(MetaxyError) {
    let table = SystemTables.featureVersions(generation, prefix: session.store.tablePrefix)
    let found = Set(try connection.columnNames(of: table.name))
    let missing = table.columns.map(\.name).filter { !found.contains($0) }
    guard !missing.isEmpty else { return }
    let isWritten = try !environment.pending(try environment.state(connection)).isEmpty
    throw .noSystemTable(
      table.name, missing: found.isEmpty ? [] : missing,
      isWritten: isWritten, environment.invocation)
  }

  /// Requires that the table accepts every row that Metaxy writes; an older layout has keys that reject some rows.
  ///
  /// Differences in non-unique indexes and comments are ignored.
  func requireLayout() throws(MetaxyError) {
    let state = try environment.state(connection)
    let pending = try environment.pending(state)
    guard pending.isEmpty else { throw .systemBehind(pending.map(\.revision), environment.invocation) }
    let table = SystemTables.featureVersions(generation, prefix: session.store.tablePrefix).name
    let found = try EnvironmentComparison(environment: environment, state: state, connection: connection)
      .differences(besides: pending)
    let differing = found.operations.filter { operation in
      switch operation {
      case _ where operation.table != table: false
      case .createIndex, .renameIndex, .changeComment: false
      case .dropIndex(let removal): removal.index.isUnique
      default: true
      }
    }
    guard differing.isEmpty else { throw .systemTablesDiffer(differing.map(\.description), environment.invocation) }
  }

  /// Returns a recorded graph.
  ///
  /// - Parameter text: the prefix of a snapshot's version; nil for the latest one.
  /// - Throws: `nothing_recorded`, `unknown_snapshot`, `ambiguous_snapshot`, `unreadable_spec`.
  func graph(_ text: String?, of project: String) throws(MetaxyError) -> (graph: VersionedGraph, recordedAt: String) {
    let snapshot = try snapshot(text, of: project)
    guard generation == .seed else {
      let features = try features01(of: snapshot.version, in: project)
      return (VersionedGraph(snapshot: snapshot.version, features: features), snapshot.recordedAt)
    }
    var features: [VersionedGraph.Feature] = []
    // Projects with the same snapshot version have the same features in it, because the version is their hash.
    var seen: Set<FeatureKey> = []
    let recorded = try graphs.features(ofSnapshot: snapshot.version)
    for feature in recorded.filter({ $0.project.utf8.elementsEqual(project.utf8) }) + recorded
    where seen.insert(feature.key).inserted {
      let definition = try definition(
        ofSpec: feature.spec, key: feature.key, classPath: feature.classPath, project: feature.project,
        version: feature.snapshotVersion)
      features.append(
        VersionedGraph.Feature(
          definition: definition, featureVersion: feature.featureVersion, specVersion: feature.specVersion))
    }
    return (VersionedGraph(snapshot: snapshot.version, features: features), snapshot.recordedAt)
  }

  private func snapshot(_ text: String?, of project: String) throws(MetaxyError) -> PushedSnapshot {
    let recorded = try snapshots(of: project)
    guard let text else {
      guard let latest = recorded.first else { throw .nothingRecorded(project) }
      return latest
    }
    let found = recorded.filter { $0.version.hasPrefix(text) }
    guard let first = found.first(where: { $0.version == text }) ?? found.first else {
      throw .unknownSnapshot(text, recorded.map(\.version))
    }
    guard found.count == 1 || first.version == text else { throw .ambiguousSnapshot(text, found.map(\.version)) }
    return first
  }
}

extension GraphSession {
  /// Returns the recorded versions of a project, the latest first.
  func snapshots(of project: String) throws(MetaxyError) -> [PushedSnapshot] {
    generation == .seed ? try graphs.snapshots(of: project) : try graphs01.versions(of: project)
  }

  /// Returns the definition of a recorded spec, which may have versions of another hash length.
  ///
  /// - Throws: `unreadable_spec`.
  func definition(
    ofSpec spec: String, key: FeatureKey, classPath: String, project: String, version: String
  ) throws(MetaxyError) -> FeatureDefinition {
    let file = SystemTables.featureVersions(generation, prefix: session.store.tablePrefix).name.name
    let reader: ExportReader
    do {
      reader = try ExportReader(Array(spec.utf8), file: file)
    } catch {
      throw .unreadableSpec(key.description, snapshot: version, error.diagnostics)
    }
    guard
      var definition = reader.definition(
        reader.root, typeName: classPath, source: SourceLocation(file: file, line: 1, column: 1), generation)
    else { throw .unreadableSpec(key.description, snapshot: version, reader.diagnostics) }
    definition.project = project
    return definition
  }
}
