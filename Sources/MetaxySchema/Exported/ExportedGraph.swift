package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyGraph
internal import MetaxyJSON

/// Features as data: what an entrypoint that ends in `.json` holds, and what `metaxy graph export` writes.
///
/// ```json
/// {"project": "video", "hash_truncation_length": null,
///  "features": [{"spec": {"key": ["video"], …}, "class_path": "features.Video", "table": {"name": "video", …}}]}
/// ```
///
/// `project` and `hash_truncation_length` are the configuration's where they are left out; a feature may have a `project`
/// of its own. Without `table` a feature's table has the system columns alone.
package struct ExportedGraph: Sendable {
  /// A number of characters that a file names; nil for all of them.
  package struct TruncationLength: Sendable, Hashable {
    package var characters: Int?
    package var source: SourceLocation
  }

  /// The features that could be read without an error.
  package private(set) var definitions: [FeatureDefinition] = []
  /// The keys of those that could not.
  package private(set) var incompleteKeys: Set<FeatureKey> = []
  /// nil where the file does not say.
  package private(set) var truncationLength: TruncationLength?
  /// Everything that is wrong, each with its place and the way to it.
  package private(set) var diagnostics: [Diagnostic] = []

  /// Reads the text of a file.
  ///
  /// Text that is no JSON at all is one diagnostic.
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
      reader.isObject(root, known: ["project", "hash_truncation_length", "features"], required: ["features"])
    else { return }
    let project = root["project"].flatMap(reader.project)
    if let node = root["hash_truncation_length"] { readLength(node, reader) }
    guard let features = root["features"], case .array(let nodes) = features.content else {
      if let features = root["features"] { reader.refuse(features, expected: "a list of features") }
      return
    }
    for node in nodes {
      if let definition = reader.feature(node, project: project) {
        definitions.append(definition)
      } else if let key = node["spec"].flatMap(reader.keyAlone) {
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
  /// A project's name, by the rule for the one of the configuration.
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
    guard isObject(node, known: ["spec", "class_path", "project", "table"], required: ["spec", "class_path"]),
      let spec = node["spec"], let typeName = node["class_path"].flatMap(name),
      var definition = definition(spec, typeName: typeName, source: place(of: node))
    else { return nil }
    definition.project = node["project"].map { self.project($0) } ?? project
    if let table = node["table"], !table.isNull { readTable(table, idColumns: spec["id_columns"], into: &definition) }
    return diagnostics[before...].contains { $0.severity == .error } ? nil : definition
  }
}
