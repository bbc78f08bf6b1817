internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyGraph
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
  /// Whether a store of the project creates tables by itself, so that programs must know what they are.
  let createsTables: Bool

  init(_ path: String, in project: Project, imports: [String] = []) {
    self.path = path
    displayPath = project.displayPath(path)
    createsTables = project.configuration.stores.contains(where: \.createsTables)
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
    let text = features.registry(features.versions(context), createsTables: createsTables, imports: imports).text
    guard try !holds(text) else { return [] }
    let source = Files.kind(of: path).map { _ in SourceLocation(file: displayPath, line: 1, column: 1) }
    return [CheckReport.Difference(registry: displayPath, source: source)]
  }
}

extension FeatureSource {
  func registry(_ versions: GraphVersions, createsTables: Bool, imports: [String]) -> RegistrySource {
    RegistrySource(
      of: graph, versions: versions, tables: desired, project: project, truncatedTo: truncationLength,
      definitions: createsTables ? ownDefinitions.text : nil, imports: imports)
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
