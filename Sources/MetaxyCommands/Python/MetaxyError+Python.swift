internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyMigrationErrors
internal import MetaxyNames

// Errors about the interpreter of a project.
extension MetaxyError {
  static func noPython(_ problem: String) -> MetaxyError {
    MetaxyError(
      .noPython, "there is no Python for the project: \(problem)",
      hints: [
        "activate the project's virtual environment, or set `python = \"path/to/bin/python\"` in [ext.migrations]",
        "`python3 -m venv .venv && .venv/bin/python -m pip install metaxy sqlmodel` makes one",
      ])
  }

  /// - Parameter reason: what the interpreter did instead of an answer.
  static func pythonEnded(_ request: PythonRequest, _ reason: String, output: String) -> MetaxyError {
    MetaxyError(
      .pythonFailed,
      "`\(request.interpreter.displayPath)` \(reason) while it imported \(request.modulesInWords)\(printed(output))",
      Payload(path: request.interpreter.displayPath), hints: [.runsPython(request)])
  }

  static func pythonTimeout(_ request: PythonRequest, output: String) -> MetaxyError {
    MetaxyError(
      .pythonTimeout,
      "the import of \(request.modulesInWords) did not end within \(request.timeout) ms, the `python_timeout` of"
        + " [ext.migrations]\(printed(output))", Payload(path: request.interpreter.displayPath),
      hints: [
        "a module that is imported must not wait, serve or loop; `python_timeout = \"5min\"` gives it more time",
        .runsPython(request),
      ])
  }

  /// Returns the error of a failure that the interpreter reports.
  static func pythonFailure(_ failure: JSONValue, _ request: PythonRequest) -> MetaxyError {
    let what = failure["what"]?.text ?? ""
    let source = failure["source"].flatMap(SourceLocation.init)
    switch failure["kind"]?.text {
    case "package": return missingPackage(what, request)
    case "exit": return exit(failure, of: what, at: source)
    default: return failedImport(failure, of: what, at: source, request)
    }
  }

  private static func exit(_ failure: JSONValue, of what: String, at source: SourceLocation?) -> MetaxyError {
    var code = ""
    if case .number(let digits) = failure["code"] { code = digits }
    let text = failure["text"]?.text ?? ""
    let message =
      "the import of `\(what)` called `sys.exit`, with exit code \(code)"
      + (text.isEmpty ? "" : " and this text: \(text)")
    return MetaxyError(
      .pythonFailed, message, Payload(path: source?.file),
      hints: ["keep what a module runs as a program below `if __name__ == \"__main__\":`"],
      diagnostics: source.map { [Diagnostic(message, at: $0)] } ?? [])
  }

  private static func failedImport(
    _ failure: JSONValue, of what: String, at source: SourceLocation?, _ request: PythonRequest
  ) -> MetaxyError {
    let text = (failure["text"]?.text ?? "").split(whereSeparator: \.isNewline).joined(separator: "\n")
    let last = text.split(separator: "\n").last { !$0.hasPrefix(" ") }.map { String($0) } ?? "it failed"
    let isModule = request.modules.contains(what)
    let missing = failure["missing"]?.text
    // Metaxy's extensions import packages that it does not depend on.
    let package = missing?.split(separator: ".").first.flatMap { root in
      ["sqlmodel", "sqlalchemy"].first { $0 == root }
    }
    let hints: [Hint] =
      package.map { .installing(package: $0, request) } ?? missing.map { [.installing($0, request)] } ?? []
    return MetaxyError(
      package == nil ? .pythonFailed : .missingPythonPackage,
      "\(isModule ? "the import of `\(what)`" : what) failed in `\(request.interpreter.displayPath)`:\n\(text)",
      Payload(path: source?.file), hints: hints, diagnostics: source.map { [Diagnostic(last, at: $0)] } ?? [])
  }

  private static func missingPackage(_ name: String, _ request: PythonRequest) -> MetaxyError {
    let python = request.interpreter.displayPath
    return MetaxyError(
      .missingPythonPackage, "`\(python)` has no package `\(name)`", Payload(path: python),
      hints: .installing(package: name, request))
  }

  static func pythonGeneration(
    _ found: Generation, than generation: Generation, _ interpreter: PythonInterpreter
  ) -> MetaxyError {
    MetaxyError(
      .otherGeneration,
      "the Metaxy of `\(interpreter.displayPath)` is of generation `\(found.rawValue)`, and the project is of generation"
        + " `\(generation.rawValue)`", Payload(path: interpreter.displayPath),
      hints: [
        "set `generation = \"\(found.rawValue)\"` in [ext.migrations], or choose an interpreter with the other release"
      ])
  }

  /// The last lines that the modules printed, below a message.
  private static func printed(_ output: String) -> String { output.isEmpty ? "" : "; it printed:\n\(output)" }
}

extension [Hint] {
  fileprivate static func installing(package: String, _ request: PythonRequest) -> [Hint] {
    let python = ShellWord.quoted(request.interpreter.displayPath)
    return [
      "`\(python) -m pip install \(package == "metaxy" ? "metaxy" : "sqlmodel")` installs it",
      "another interpreter is chosen by an active virtual environment, or by `python` in [ext.migrations]",
    ]
  }
}

extension Hint {
  fileprivate static func runsPython(_ request: PythonRequest) -> Hint {
    let imports = request.modules.map { "import \($0)" }.joined(separator: "; ")
    return "`\(ShellWord.quoted(request.interpreter.displayPath)) -c '\(imports)'` shows what happens there"
  }

  fileprivate static func installing(_ module: String, _ request: PythonRequest) -> Hint {
    let python = ShellWord.quoted(request.interpreter.displayPath)
    return
      "if `\(module)` is a package, install it for `\(python)`; modules of the project are imported from \(request.root),"
      + " and from the directories of `PYTHONPATH`"
  }
}

extension PythonRequest {
  fileprivate var modulesInWords: String { Wording.list(modules) }
}
