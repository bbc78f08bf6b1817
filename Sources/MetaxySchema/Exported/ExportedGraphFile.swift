internal import MetaxyErrors
package import MetaxyGraph
internal import MetaxyJSON
package import MetaxyNames

/// The parsed text of an exported graph, whose generation is not chosen yet.
package struct ExportedGraphFile {
  private let reader: ExportReader?
  private let problems: [Diagnostic]

  /// Parses the text of a file. A text that is not JSON has one problem.
  package init(_ bytes: [UInt8], file: String) {
    do {
      reader = try ExportReader(bytes, file: file)
      problems = []
    } catch {
      reader = nil
      problems = error.diagnostics
    }
  }

  /// The generation that the file names, or that its specs show.
  package var form: SpecForm? { reader.flatMap { $0.form(ofSpecs: $0.specs) } }

  /// Reads the graph by the rules of a generation.
  package func graph(_ generation: Generation) -> ExportedGraph {
    guard let reader else { return ExportedGraph(problems: problems) }
    return ExportedGraph(reader, generation)
  }
}

extension ExportReader {
  /// The specs of the features.
  var specs: [JSONNode] {
    guard case .array(let features) = root["features"]?.content else { return [] }
    return features.compactMap { $0["spec"] }
  }
}
