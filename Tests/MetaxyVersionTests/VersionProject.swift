import MetaxyCommands
import MetaxyErrors
import MetaxyFeatures
import MetaxyFileWriting
import MetaxyFiles
import MetaxyTestSupport
import Synchronization

/// A project in a directory of its own.
final class VersionProject: Sendable {
  private let directory: TemporaryDirectory
  private let told = Mutex<[String]>([])
  var warnings: [String] { told.withLock(\.self) }

  /// - Parameters:
  ///   - settings: the lines of `metaxy.toml` behind its entrypoints.
  ///   - files: the entrypoints by their names.
  init(settings: String = "", _ files: [(name: String, text: String)]) throws {
    directory = try TemporaryDirectory()
    let names = files.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let entrypoints = settings.contains("entrypoints") ? "" : "entrypoints = [\(names)]\n"
    try write(entrypoints + settings, to: "metaxy.toml")
    for (name, text) in files { try write(text, to: name) }
  }

  func write(_ text: String, to name: String) throws {
    try Files.write(text, to: "\(directory.path)/\(name)", replacing: true)
  }

  private var context: CommandContext {
    CommandContext(workingDirectory: directory.path, variables: [:]) { [self] narration in
      switch narration {
      case .warning(let text): told.withLock { $0.append(text) }
      case .diagnostic(let diagnostic): told.withLock { $0.append(diagnostic.description) }
      default: break
      }
    }
  }

  func list() throws(MetaxyError) -> FeatureList { try Commands.listFeatures(context) }
  func export() throws(MetaxyError) -> JSONValue { try Commands.exportGraph(context).json }
}

/// An exported graph around specs, one to a line, the first on line 2.
func exported(
  _ specs: [JSONValue], project: String, truncatedTo length: Int?, classPaths: [String] = []
) -> String {
  let features = specs.enumerated().map { position, spec in
    JSONValue.object([
      .init("spec", spec),
      .init("class_path", .string(classPaths.isEmpty ? "features.T\(position)" : classPaths[position])),
    ]).text(indented: false)
  }
  let length = length.map(String.init) ?? "null"
  return "{\"project\": \"\(project)\", \"hash_truncation_length\": \(length), \"features\": [\n"
    + features.joined(separator: ",\n") + "\n]}"
}
