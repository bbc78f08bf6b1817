package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph
internal import MetaxyJSON
package import MetaxyNames

/// Features as data: the content of an entrypoint that ends in `.json`, and the output of `metaxy graph export`.
///
/// ```json
/// {"project": "video", "hash_truncation_length": null,
///  "features": [{"spec": {"key": ["video"], …}, "class_path": "features.Video", "table": {"name": "video", …}}]}
/// ```
///
/// Without `project` and `hash_truncation_length`, the configuration's values apply; a feature can have its own
/// `project`, and its `source` if it is declared in another file. Without `table`, a feature's table has only the system
/// columns; `false` means no table, and `{"declared": true, "name": …}` one of the `tables` beside the features, each with
/// the statements that create it. `table_prefix` is the prefix that these tables have; all other names are without one.
///
/// A graph of generation 0.1 can name its `generation` and `project_version`, and each feature its `definition_version`
/// and whether it is `external`, with `field_versions`.
package struct ExportedGraph: Sendable {
  /// The number of characters that a file sets; nil for all.
  package struct TruncationLength: Sendable, Hashable {
    package var characters: Int?
    package var source: SourceLocation
  }

  /// A project version that a file sets.
  package struct ProjectVersion: Sendable, Hashable {
    /// nil for the configured project.
    package var project: String?
    package var version: String
    package var source: SourceLocation
  }

  /// The features that were read without errors.
  package private(set) var definitions: [FeatureDefinition] = []
  /// The tables that are declared by statements.
  package private(set) var tables: [DeclaredTable] = []
  /// The keys of the other features.
  package private(set) var incompleteKeys: Set<FeatureKey> = []
  /// nil if the file does not set it.
  package private(set) var truncationLength: TruncationLength?
  /// nil if the file does not set it.
  package private(set) var projectVersion: ProjectVersion?
  /// All problems, each with its location and path.
  package private(set) var diagnostics: [Diagnostic] = []

  /// Reads the text of a file.
  ///
  /// A text that is not JSON gives one diagnostic.
  package init(_ bytes: [UInt8], file: String, _ generation: Generation = .seed) {
    self = ExportedGraphFile(bytes, file: file).graph(generation)
  }

  init(problems: [Diagnostic]) { diagnostics = problems }

  init(_ reader: ExportReader, _ generation: Generation) {
    if let form = reader.form(ofSpecs: reader.specs), form.isCertain, form.generation != generation {
      diagnostics = [.otherGeneration(form, than: generation)]
      incompleteKeys = Set(reader.specs.compactMap(reader.keyIgnoringErrors))
      return
    }
    read(reader, generation)
    diagnostics = reader.diagnostics
  }

  private mutating func read(_ reader: ExportReader, _ generation: Generation) {
    let root = reader.root
    let known = [
      "project", "hash_truncation_length", "features", "tables", "generation", "project_version", "table_prefix",
    ]
    guard reader.isObject(root, known: known, required: ["features"]) else { return }
    if let node = root["generation"], let text = reader.text(node), Generation(rawValue: text) == nil {
      reader.report("expected `seed` or `0.1`, found `\(text)`", at: node)
    }
    let project = root["project"].flatMap(reader.project)
    if let node = root["project_version"], !node.isNull, let version = reader.name(node) {
      projectVersion = ProjectVersion(project: project, version: version, source: reader.place(of: node))
    }
    if let node = root["hash_truncation_length"] { readLength(node, reader, generation) }
    tables = root["tables"].flatMap { reader.list($0, of: "tables", reader.declaredTable) } ?? []
    let prefix = root["table_prefix"].flatMap { $0.isNull ? nil : reader.text($0) } ?? ""
    for index in tables.indices { tables[index].prefix = prefix }
    guard let features = root["features"], case .array(let nodes) = features.content else {
      if let features = root["features"] { reader.refuse(features, expected: "a list of features") }
      return
    }
    for node in nodes {
      if let definition = reader.feature(node, project: project, generation) {
        definitions.append(definition)
      } else if let key = node["spec"].flatMap(reader.keyIgnoringErrors) {
        incompleteKeys.insert(key)
      }
    }
  }

  private mutating func readLength(_ node: JSONNode, _ reader: ExportReader, _ generation: Generation) {
    // Generation 0.1 always truncates.
    guard generation == .seed || !node.isNull else { return }
    let length = node.isNull ? nil : reader.integer(node)
    if let length, length < ProjectRules.leastTruncationLength {
      reader.report(
        "at least \(ProjectRules.leastTruncationLength) characters of a hash are kept, found \(length)", at: node)
    } else if node.isNull || length != nil {
      truncationLength = TruncationLength(characters: length, source: reader.place(of: node))
    }
  }
}

extension Diagnostic {
  fileprivate static func otherGeneration(_ form: SpecForm, than generation: Generation) -> Diagnostic {
    Diagnostic(
      "this graph is of generation `\(form.generation.rawValue)`, and the project is of generation"
        + " `\(generation.rawValue)`: `generation` in [ext.migrations] chooses", at: form.source)
  }
}
