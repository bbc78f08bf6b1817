internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyJSON
internal import MetaxyNames

/// What an interpreter answered.
struct PythonAnswer {
  /// The features and tables, as an exported graph.
  let graph: JSONValue
  /// The generation of the Metaxy that answered.
  var generation: Generation { graph["generation"]?.text.flatMap(Generation.init(rawValue:)) ?? .seed }
  let warnings: [Diagnostic]
  /// What the answer depends on.
  let inputs: PythonInputs
  /// The whole answer, to be kept.
  let json: JSONValue

  /// - Throws: `python_failed`, `missing_python_package` if the answer is a failure.
  init(_ bytes: [UInt8], to request: PythonRequest) throws(MetaxyError) {
    let json = try JSONNode(parsing: bytes, file: request.interpreter.displayPath, allowsNonFinite: true).value
    if let failure = json["failure"] { throw .pythonFailure(failure, request) }
    guard let answer = PythonAnswer(json) else {
      throw .pythonEnded(request, "gave an answer that cannot be read", output: "")
    }
    self = answer
  }

  init?(_ json: JSONValue) {
    guard let graph = json["graph"], let inputs = json["inputs"].flatMap(PythonInputs.init),
      let warnings = json["warnings"]?.elements
    else { return nil }
    self.graph = graph
    self.inputs = inputs
    self.json = json
    self.warnings = warnings.compactMap { warning in
      guard let message = warning["message"]?.text, let source = warning["source"].flatMap(SourceLocation.init) else {
        return nil
      }
      return Diagnostic(.warning, message, at: source)
    }
  }
}

/// What an answer depends on, besides the interpreter and the request.
struct PythonInputs {
  /// The files that were read; some may not exist.
  let files: [String]
  /// The directories that were read, with their names at that time, in any order.
  let directories: [(path: String, names: [String])]
  /// The directories of installed packages.
  let packages: [String]
  /// The environment variables that were read by name.
  let variables: [String]

  init?(_ json: JSONValue) {
    guard let files = json["files"]?.texts, case .object(let directories) = json["directories"],
      let packages = json["packages"]?.texts, let variables = json["variables"]?.texts
    else { return nil }
    self.files = files
    self.directories = directories.map { ($0.name, $0.value.texts ?? []) }
    self.packages = packages
    self.variables = variables
  }
}

extension SourceLocation {
  init?(_ json: JSONValue) {
    guard let file = json["file"]?.text, case .number(let digits) = json["line"], let line = Int(digits) else {
      return nil
    }
    self.init(file: file, line: line, column: 1)
  }
}

extension JSONValue {
  var text: String? { if case .string(let text) = self { text } else { nil } }

  var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  /// The texts of a list of only texts.
  var texts: [String]? {
    elements.flatMap { elements in
      let texts = elements.compactMap(\.text)
      return texts.count == elements.count ? texts : nil
    }
  }
}
