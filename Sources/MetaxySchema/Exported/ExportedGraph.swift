package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph
internal import MetaxyJSON

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
/// the statements that create it.
package struct ExportedGraph: Sendable {
  /// The number of characters that a file sets; nil for all.
  package struct TruncationLength: Sendable, Hashable {
    package var characters: Int?
    package var source: SourceLocation
  }

  /// The features that were read without errors.
  package private(set) var definitions: [FeatureDefinition] = []
  /// The tables that are declared by statements.
  package private(set) var tables: [DeclaredTable] = []
  /// The version of a Metaxy that computes other versions of specs; nil for none.
  package var laterRelease: String?
  /// The keys of the other features.
  package private(set) var incompleteKeys: Set<FeatureKey> = []
  /// nil if the file does not set it.
  package private(set) var truncationLength: TruncationLength?
  /// All problems, each with its location and path.
  package private(set) var diagnostics: [Diagnostic] = []

  /// Reads the text of a file.
  ///
  /// A text that is not JSON gives one diagnostic.
  package init(_ bytes: [UInt8], file: String) {
    do {
      let reader = try ExportReader(bytes, file: file)
      read(reader)
      diagnostics = reader.diagnostics
    } catch {
      diagnostics = error.diagnostics
    }
  }

  private mutating func read(_ reader: ExportReader) {
    let root = reader.root
    guard
      reader.isObject(root, known: ["project", "hash_truncation_length", "features", "tables"], required: ["features"])
    else { return }
    let project = root["project"].flatMap(reader.project)
    if let node = root["hash_truncation_length"] { readLength(node, reader) }
    tables = root["tables"].flatMap { reader.list($0, of: "tables", reader.declaredTable) } ?? []
    guard let features = root["features"], case .array(let nodes) = features.content else {
      if let features = root["features"] { reader.refuse(features, expected: "a list of features") }
      return
    }
    for node in nodes {
      if let definition = reader.feature(node, project: project) {
        definitions.append(definition)
      } else if let key = node["spec"].flatMap(reader.keyIgnoringErrors) {
        incompleteKeys.insert(key)
      }
    }
  }

  private mutating func readLength(_ node: JSONNode, _ reader: ExportReader) {
    let length = node.isNull ? nil : reader.integer(node)
    if let length, length < ProjectRules.leastTruncationLength {
      reader.report(
        "at least \(ProjectRules.leastTruncationLength) characters of a hash are kept, found \(length)", at: node)
    } else if node.isNull || length != nil {
      truncationLength = TruncationLength(characters: length, source: reader.place(of: node))
    }
  }
}

extension ExportReader {
  /// Reads a project's name, with the same rule as in the configuration.
  fileprivate func project(_ node: JSONNode) -> String? {
    guard let name = name(node) else { return nil }
    if let problem = ProjectRules.problem(ofName: name) {
      report("the project `\(name)` \(problem)", at: node)
      return nil
    }
    return name
  }

  fileprivate func feature(_ node: JSONNode, project: String?) -> FeatureDefinition? {
    let before = diagnostics.count
    origin = optional("source", of: node, source)
    defer { origin = nil }
    let known = ["spec", "class_path", "project", "source", "table"]
    guard isObject(node, known: known, required: ["spec", "class_path"]),
      let spec = node["spec"], let typeName = node["class_path"].flatMap(name),
      var definition = definition(spec, typeName: typeName, source: place(of: node))
    else { return nil }
    definition.project = node["project"].map { self.project($0) } ?? project
    if let table = node["table"], !table.isNull, !readDeclaration(table, into: &definition) {
      readTable(table, idColumns: spec["id_columns"], into: &definition)
    }
    return diagnostics[before...].contains { $0.severity == .error } ? nil : definition
  }
}
