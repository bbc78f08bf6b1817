internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyRegistry
internal import MetaxyRevisions
internal import MetaxySQL
internal import MetaxySchema

/// The file that `metaxy generate` writes.
struct RegistryFile {
  /// What stands in the file's place.
  enum Content {
    case nothing
    /// Written by the command, at some time.
    case generated(String)
    case foreign
  }

  let path: String
  let displayPath: String
  let imports: [String]
  /// The engines on which a store of the project creates tables, so that programs need their definitions.
  let creationDialects: [StoreDialect]

  init(_ path: String, in project: Project, imports: [String] = []) {
    self.path = path
    displayPath = project.displayPath(path)
    let creating = Set(project.configuration.stores.filter(\.createsTables).map(\.url.dialect))
    creationDialects = StoreDialect.allCases.filter(creating.contains)
    self.imports = project.configuration.migrations.registryImports + imports
  }

  /// The file that the configuration names; nil where it names none.
  init?(of project: Project) throws(MetaxyError) {
    guard let registry = project.configuration.migrations.registry else { return nil }
    self.init(Paths.resolve(registry, in: project.root), in: project)
  }

  func content() throws(MetaxyError) -> Content {
    guard Files.kind(of: path) != nil else { return .nothing }
    let bytes = try Files.bytes(at: path)
    return GeneratedSource.isMarked(bytes) ? .generated(String(decoding: bytes, as: UTF8.self)) : .foreign
  }

  /// Whether the file is what `text` is, scalar by scalar.
  func holds(_ text: String) throws(MetaxyError) -> Bool {
    guard case .generated(let present) = try content() else { return false }
    return present.utf8.elementsEqual(text.utf8)
  }

  /// One difference where the file is not that of the features, else none.
  func differences(
    from features: FeatureSource, _ context: CommandContext
  ) throws(MetaxyError) -> [CheckReport.Difference] {
    let text = try features.registry(features.versions(context), for: creationDialects, context, imports: imports).text
    guard try !holds(text) else { return [] }
    let source = Files.kind(of: path).map { _ in SourceLocation(file: displayPath, line: 1, column: 1) }
    return [CheckReport.Difference(registry: displayPath, source: source)]
  }
}

extension FeatureSource {
  /// - Parameter dialects: the engines on which programs create tables.
  /// - Throws: what one of these engines cannot do.
  func registry(
    _ versions: GraphVersions, for dialects: [StoreDialect], _ context: CommandContext, imports: [String]
  ) throws(MetaxyError) -> RegistrySource {
    var scripts: [(dialect: String, script: TableScript)] = []
    for dialect in dialects {
      scripts.append((dialect.rawValue, try TableScript(creating: ownDefinitions, Engines.dialect(dialect, context))))
    }
    return RegistrySource(
      of: graph, versions: versions, tables: desired, project: project, truncatedTo: truncationLength,
      definitions: scripts.isEmpty ? nil : TableScript.text(of: scripts), imports: imports)
  }

  /// The tables of the project's own features, with the types and schemas that they need.
  private var ownDefinitions: RevisionRecord {
    let sources = Set(graph.features.filter { ($0.project ?? project) == project }.map(\.source))
    let tables = desired.schema.sorted.filter { desired.tableSources[$0.name].map(sources.contains) ?? false }
    var record = RevisionRecord(tables: Dictionary(tables.map { ($0.name, $0) }) { first, _ in first })
    record.enums = desired.schema.enums.mapValues(\.self)
    record.renames.tables = desired.renames.tables
    for schema in Set(tables.compactMap(\.name.schema)) { record.namespaces[schema] = true }
    return record
  }
}
