internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyJSON
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRuntime
internal import MetaxySchema
internal import MetaxySyntax

/// The registered features of a project: read from their sources, validated, and turned into tables.
struct FeatureSource {
  let graph: FeatureGraph
  /// The tables of the features, with their explicit schemas.
  let desired: DesiredSchema
  /// The tables that exported graphs declare by statements, in their order.
  let declared: [DeclaredTable]
  private let derivation: Derivation
  /// The project of features without an explicit one.
  let project: String
  /// The number of characters of a hash to keep; nil for all.
  let truncationLength: Int?
  /// Whether tables are named after keys instead of types.
  let infersTableNames: Bool
  /// The project versions that exported graphs contain.
  private let projectVersions: [ExportedGraph.ProjectVersion]

  var generation: Generation { graph.generation }
  /// What the names of the features' tables start with in the store.
  var prefix: String { derivation.prefix }

  /// Reads the features from Swift and from exported graphs.
  ///
  /// - Parameter prefix: what the names of tables start with in the store.
  /// - Throws: `invalid_features` with all problems of all files.
  static func load(
    _ project: Project, _ entrypoints: EntrypointFiles, reservedTables: Set<TableName>, prefix: String,
    _ context: CommandContext
  ) throws(MetaxyError) -> FeatureSource {
    let swift = entrypoints.swift.map { SourceFile(path: $0, displayPath: project.displayPath($0)) }
    let json = entrypoints.json.map { SourceFile(path: $0, displayPath: project.displayPath($0)) }
    let (generation, discovered, exports) = try context.timed(.discovery) { () throws(MetaxyError) in
      let files =
        try project.exportedGraphs(entrypoints)
        + PythonEntrypoints(project, context, prefix: prefix).graphs(of: entrypoints.python)
      let generation = GenerationChoice(of: files, configured: project.configuration.generation).generation
      let cache = FeatureCache(of: project.root)
      let discovered = try Discovery.read(swift, generation, cache.declarations)
      if let update = discovered.cacheUpdate { cache.keep(update) }
      return (generation, discovered, files.map { $0.graph(generation) })
    }
    let definitions = ClassPaths(project, swift).completed(
      discovered.definitions + exports.flatMap(\.definitions))
    let incomplete = exports.reduce(discovered.incompleteKeys) { $0.union($1.incompleteKeys) }
    let length = TruncationLength(
      of: exports, configured: project.configuration.hashTruncationLength, besideSwift: !discovered.definitions.isEmpty,
      generation)
    let derivation = Derivation(
      infersTableNames: project.configuration.sqlModel.infersTableNames, reservedTables: reservedTables,
      prefix: prefix)
    let (graph, graphProblems, tables) = context.timed(.derivation) {
      let (graph, problems) = FeatureGraph.build(definitions, incomplete: incomplete, generation: generation)
      return (graph, problems, derivation.schema(of: definitions))
    }

    let files = swift + json + exports.flatMap { $0.otherFiles(in: project.root) }
    let found = Discovery.quotingSources(
      of: graphProblems + tables.problems + exports.flatMap(\.diagnostics) + length.diagnostics, in: files)
    let diagnostics = (discovered.diagnostics + found).sorted { $0.location < $1.location }
    let errors = diagnostics.filter { $0.severity == .error }
    for warning in diagnostics where warning.severity == .warning { context.report(.diagnostic(warning)) }
    guard let graph, errors.isEmpty else { throw .invalidFeatures(errors) }
    let name = Self.project(of: graph, configured: project.configuration.project)
    let ownership = ProjectOwnership(of: graph, in: name)
    if ownership.isForeign { context.report(.warning(ownership.message)) }
    return FeatureSource(
      graph: graph, desired: tables.desired, declared: exports.flatMap(\.tables), derivation: derivation,
      project: name,
      truncationLength: length.characters, infersTableNames: project.configuration.sqlModel.infersTableNames,
      projectVersions: exports.compactMap(\.projectVersion))
  }

  /// Returns the project of features that name none. In generation 0.1 a project without a name is that of its features.
  private static func project(of graph: FeatureGraph, configured: String) -> String {
    let owners = Set(graph.features.filter { !$0.details01.isExternal }.map { $0.project ?? configured })
    guard graph.generation == .release01, configured == Configuration().project, owners.count == 1 else {
      return configured
    }
    return owners.first ?? configured
  }

  /// Returns the versions of the features; warns about fields with equal versions, and about exported project versions
  /// that are not those of the features.
  func versions(_ context: CommandContext) -> GraphVersions {
    let versions = context.timed(.versions) { graph.versions(project: project, truncatedTo: truncationLength) }
    for warning in graph.collisions(in: versions) { context.report(.diagnostic(warning)) }
    for exported in projectVersions where generation == .release01 {
      let name = exported.project ?? project
      let version = versions.projectVersions[name] ?? GraphVersions.empty
      guard version != exported.version else { continue }
      context.report(.diagnostic(.otherProjectVersion(exported, of: name, than: version)))
    }
    return versions
  }

  /// Returns the name of a feature's table; nil if it has none.
  func tableName(of feature: FeatureDefinition) -> TableName? {
    guard !feature.definesTable else { return derivation.tableName(of: feature) }
    return feature.table.map { TableName($0, schema: feature.schema == TableName.publicSchema ? nil : feature.schema) }
  }

  /// Reports features that share a table: their versions can be computed, but their tables cannot be managed.
  func warnOfSharedTables(_ context: CommandContext) {
    for problem in desired.sharedTables {
      var warning = problem
      warning.severity = .warning
      context.report(.diagnostic(warning))
    }
  }

  /// - Throws: `invalid_features` if two features share a table.
  func refuseSharedTables() throws(MetaxyError) {
    guard desired.sharedTables.isEmpty else { throw .invalidFeatures(desired.sharedTables) }
  }
}

extension Diagnostic {
  /// A table is declared by statements, whose names cannot be changed.
  fileprivate static func otherPrefix(_ table: DeclaredTable, than prefix: String) -> Diagnostic {
    func words(_ prefix: String) -> String {
      prefix.isEmpty ? "without a table prefix" : "with the table prefix `\(prefix)`"
    }
    return Diagnostic(
      "the table `\(table.name)` was exported for a store \(words(table.prefix)), and this store is one \(words(prefix)):"
        + " export the graph with `--store` of a store with this one's prefix", at: table.source)
  }

  fileprivate static func otherProjectVersion(
    _ exported: ExportedGraph.ProjectVersion, of project: String, than version: String
  ) -> Diagnostic {
    Diagnostic(
      .warning,
      "the version of the project `\(project)` is `\(version)` here, and `\(exported.version)` where it was exported",
      at: exported.source, notes: [Note("the entrypoints do not contain the same features as the exporting program")])
  }
}

extension FeatureSource {
  /// Reads the features of a session.
  static func load(_ session: ProjectSession) throws(MetaxyError) -> FeatureSource {
    let project = session.project
    return try load(
      project, try project.sourceFiles(), reservedTables: try Bookkeeping.tables(of: project, for: session.store),
      prefix: session.store.tablePrefix, session.context)
  }

  /// Returns the graph with its versions; warns about fields with equal versions.
  func versionedGraph(_ context: CommandContext) -> VersionedGraph { VersionedGraph(graph, versions(context)) }

  /// Returns the scripts of the declared tables for a dialect.
  ///
  /// - Throws: `invalid_tables` if a table cannot be declared for it.
  func scripts(for dialect: any Dialect) throws(MetaxyError) -> [EntrypointScript] {
    let refused = declared.compactMap { table in
      table.refused[dialect.name].map {
        Diagnostic("the table `\(table.name)` has no definition for `\(dialect.name)`: \($0)", at: table.source)
      }
    }
    let exported = declared.filter { $0.prefix != prefix }.map { Diagnostic.otherPrefix($0, than: prefix) }
    guard (refused + exported).isEmpty else { throw .invalidTables(refused + exported) }
    var scripts: [EntrypointScript] = []
    for table in declared {
      for sql in table.statements[dialect.name] ?? [] {
        scripts.append(try EntrypointScript(sql, at: table.source, lexicon: dialect.lexicon))
      }
    }
    return scripts
  }

  /// Returns the features as rows of Metaxy's system table.
  func recorded(_ versions: GraphVersions) -> [PushedFeature] {
    graph.features.compactMap { feature in
      guard let own = versions[feature.key], let trackingVersion = own.trackingVersion else { return nil }
      return PushedFeature(
        project: feature.project ?? project, key: feature.key, featureVersion: own.featureVersion,
        specVersion: own.specVersion, trackingVersion: trackingVersion, spec: feature.spec.storedText,
        classPath: feature.classPath, snapshotVersion: versions.snapshot)
    }
  }

  /// Returns the tables of the features in a store with another prefix.
  func desired(prefix: String) -> DesiredSchema {
    prefix == self.prefix ? desired : derivation.replacing(prefix: prefix).schema(of: graph.features).desired
  }

  /// Whether a table has an explicit schema, which not every engine supports.
  var namesSchemas: Bool { desired.schema.sorted.contains { $0.name.schema != nil } }

  /// Returns the tables of the features on an engine; SQLite has no schemas, so tables are unqualified there.
  ///
  /// - Throws: `invalid_features` if the unqualified names are ambiguous.
  func desired(on dialect: any Dialect) throws(MetaxyError) -> DesiredSchema {
    guard !dialect.hasSchemas, namesSchemas else { return desired }
    let (tables, problems) = derivation.schema(
      of: graph.features.map { feature in
        var feature = feature
        feature.schema = nil
        return feature
      })
    let errors = problems.filter { $0.severity == .error }
    guard errors.isEmpty else { throw .invalidFeatures(errors) }
    return tables
  }

  /// Refuses ambiguous schemas: an explicit schema that is the store's default, or `public` if it is not the default.
  ///
  /// - Parameter standard: the store's default schema.
  /// - Throws: `invalid_features`.
  func requireNamesBesides(_ standard: String) throws(MetaxyError) {
    guard standard != TableName.publicSchema else { return }
    let problems = graph.features.filter { [standard, TableName.publicSchema].contains($0.schema) }.map { feature in
      Diagnostic(
        feature.schema == standard
          ? "`\(feature.key)` has the schema `\(standard)`, which is this store's default: remove `schema:`"
          : "`\(feature.key)` names the schema `\(TableName.publicSchema)`, which stands for the store's own, and that is"
            + " `\(standard)` here: leave `schema:` out, or take `\(standard)` from the `search_path`",
        at: feature.source)
    }
    guard problems.isEmpty else { throw .invalidFeatures(problems) }
  }
}

extension ExportedGraph {
  /// The files of other languages that declare what it contains.
  fileprivate func otherFiles(in root: String) -> [SourceFile] {
    let named = definitions.filter { !$0.definesTable }.map(\.source.file) + tables.map(\.source.file)
    return Set(named).sorted().map { SourceFile(path: Paths.resolve($0, in: root), displayPath: $0) }
  }
}

extension Project {
  /// Reads the exported graphs, whose generation is not chosen yet.
  func exportedGraphs(_ files: EntrypointFiles) throws(MetaxyError) -> [ExportedGraphFile] {
    var graphs: [ExportedGraphFile] = []
    for path in files.json {
      graphs.append(ExportedGraphFile(Array(try Files.text(at: path).utf8), file: displayPath(path)))
    }
    return graphs
  }
}
