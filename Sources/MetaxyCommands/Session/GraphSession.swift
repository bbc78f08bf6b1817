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
  let graphs: PushedGraphs

  /// - Throws: `system_tables_disabled`, `environment_missing`; `system_tables_outdated` if the table lacks columns or
  ///   does not exist.
  init(_ session: ProjectSession, forWriting: Bool) throws(MetaxyError) {
    let project = session.project
    guard session.generation == .seed else {
      throw .unsupportedGeneration(session.generation, "a recorded graph")
    }
    let system = try project.environment(.system, for: session.store)
    guard system.isInitialised else {
      throw .environmentMissing(system.kind.rawValue, project.displayPath(system.directory))
    }
    self.session = session
    environment = try EnvironmentContext(system, in: session)
    // A database that does not exist counts as empty, and must not be created by this check.
    let changes = forWriting && session.database.exists
    connection = try changes ? session.database.openForWriting() : session.database.openForReading()
    graphs = PushedGraphs(dialect: session.database.dialect, connection: connection)
    try requireColumns()
  }

  private func requireColumns() throws(MetaxyError) {
    let table = SystemTables.featureVersions
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
    let found = try EnvironmentComparison(environment: environment, state: state, connection: connection)
      .differences(besides: pending)
    let differing = found.operations.filter { operation in
      switch operation {
      case _ where operation.table != SystemTables.featureVersions.name: false
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
    var features: [VersionedGraph.Feature] = []
    // Projects with the same snapshot version have the same features in it, because the version is their hash.
    var seen: Set<FeatureKey> = []
    let recorded = try graphs.features(ofSnapshot: snapshot.version)
    for feature in recorded.filter({ $0.project.utf8.elementsEqual(project.utf8) }) + recorded
    where seen.insert(feature.key).inserted {
      features.append(try feature.versioned())
    }
    return (VersionedGraph(snapshot: snapshot.version, features: features), snapshot.recordedAt)
  }

  private func snapshot(_ text: String?, of project: String) throws(MetaxyError) -> PushedSnapshot {
    let recorded = try graphs.snapshots(of: project)
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

extension PushedFeature {
  /// Returns the feature with its recorded versions, which may have another hash length.
  fileprivate func versioned() throws(MetaxyError) -> VersionedGraph.Feature {
    let file = SystemTables.featureVersions.name.name
    let reader: ExportReader
    do {
      reader = try ExportReader(Array(spec.utf8), file: file)
    } catch {
      throw .unreadableSpec(key.description, snapshot: snapshotVersion, error.diagnostics)
    }
    guard
      var definition = reader.definition(
        reader.root, typeName: classPath, source: SourceLocation(file: file, line: 1, column: 1))
    else { throw .unreadableSpec(key.description, snapshot: snapshotVersion, reader.diagnostics) }
    definition.project = project
    return VersionedGraph.Feature(definition: definition, featureVersion: featureVersion, specVersion: specVersion)
  }
}
