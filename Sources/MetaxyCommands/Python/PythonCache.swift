internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyHashing
internal import MetaxyJSON

/// The last answer of a project's Python, in `.metaxy/cache` beside the configuration file.
///
/// It counts as long as its fingerprint is that of the files as they are. Without a cache, the interpreter runs.
struct PythonCache {
  private let request: PythonRequest
  private let directory: CacheDirectory

  init(of request: PythonRequest) {
    self.request = request
    directory = CacheDirectory(of: request.root)
  }

  private var name: String {
    let hash = SHA256.hash(Array(([request.prefix] + request.modules).joined(separator: "\n").utf8))
    return "python-\(Hexadecimal.text(of: hash.prefix(8))).json"
  }

  /// Returns the kept answer if it is still right; nil if it is not, or there is none that can be read.
  func answer() -> PythonAnswer? {
    // A file that is missing or damaged costs a run of the interpreter, and nothing else.
    guard let bytes = directory.bytes(of: name),
      let kept = try? JSONNode(parsing: bytes, file: name, allowsNonFinite: true).value,
      let fingerprint = kept["fingerprint"]?.text, let answer = kept["answer"].flatMap(PythonAnswer.init),
      fingerprint == self.fingerprint(of: answer.inputs)
    else { return nil }
    return answer
  }

  /// Keeps an answer, unless a file was changed while the interpreter ran, or the directory cannot be written.
  func keep(_ answer: PythonAnswer, startedAt start: FileTime) {
    let inputs = answer.inputs
    let isUnchanged =
      inputs.files.allSatisfy { path in FileTime(ofFile: path).map { $0 < start } ?? true }
      && inputs.directories.allSatisfy { Self.findable($0.names).sorted() == names(in: $0.path).sorted() }
    guard isUnchanged else { return }
    let kept = JSONValue.object([
      .init("fingerprint", .string(fingerprint(of: inputs))), .init("answer", answer.json),
    ])
    directory.write(Array(kept.text(indented: false).utf8), to: name)
  }

  // MARK: - Fingerprint

  private func fingerprint(of inputs: PythonInputs) -> String {
    var parts = [PythonScript.text, request.root, request.configFile, request.prefix] + request.modules
    parts += interpreter
    for path in inputs.files { parts += [path, digest(of: path)] }
    for (path, _) in inputs.directories { parts += [path] + names(in: path) }
    for path in inputs.packages { parts += [path] + distributions(in: path) }
    let prefixes = ["METAXY_", "PYTHON"]
    let general = request.variables.keys.filter { name in prefixes.contains { name.hasPrefix($0) } }
    for name in Set(inputs.variables + general).sorted() {
      parts += [name, request.variables[name].map { "=\($0)" } ?? ""]
    }
    // The length in front keeps neighbours apart.
    return Hexadecimal.text(of: SHA256.hash(Array(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8)))
  }

  /// The interpreter's file, and the settings of its virtual environment.
  private var interpreter: [String] {
    let path = request.interpreter.path
    let settings = "\(Paths.parent(of: Paths.parent(of: path)))/pyvenv.cfg"
    return [path, "\(Files.size(of: path) ?? -1)", digest(of: settings)]
  }

  private func digest(of path: String) -> String {
    guard Files.kind(of: path) == .file, let bytes = try? Files.bytes(at: path) else { return "" }
    return Hexadecimal.text(of: SHA256.hash(bytes))
  }

  private func names(in directory: String) -> [String] { Self.findable((try? Files.names(in: directory)) ?? []) }

  /// The names that an import or a search can find; not what Python, editors and databases write beside them.
  private static func findable(_ names: [String]) -> [String] {
    let passing = ["__pycache__", "-journal", "-wal", "-shm", "-lock", ".lock"]
    return names.filter { name in !name.hasPrefix(".") && !passing.contains { name.hasSuffix($0) } }
  }

  /// The installed packages with their versions, and when they were installed: a version can be installed again.
  private func distributions(in directory: String) -> [String] {
    let endings = [".dist-info", ".egg-info", ".egg-link", ".pth"]
    let names = ((try? Files.names(in: directory)) ?? []).filter { name in endings.contains { name.hasSuffix($0) } }
    return names.flatMap { [$0, FileTime(ofFile: "\(directory)/\($0)")?.description ?? ""] }
  }
}
