internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles

/// Runs a script in a temporary project that is isolated from the machine except for its programs.
package struct ScriptRunner {
  private let place: TemporaryDirectory
  private let project: String
  private let store: ScriptStore
  private let environment: [String: String]

  /// - Parameters:
  ///   - engine: the engine of the project's database.
  ///   - programs: directories of programs that the script can call by name. One of the programs, `digest everything`,
  ///     prints a text that differs whenever the content of a database on a server differs.
  ///   - path: the search path of the machine.
  package init(on engine: Engine, programs: [String], path: String) throws {
    store = try ScriptStore(on: engine)
    place = try TemporaryDirectory()
    project = "\(place.path)/project"
    for name in ["project", "home", "tmp"] { try Files.createDirectory("\(place.path)/\(name)") }
    let own = [
      "PATH": (programs + store.programs + [path]).joined(separator: ":"), "HOME": "\(place.path)/home",
      "TMPDIR": "\(place.path)/tmp", "LC_ALL": "C.UTF-8",
    ]
    environment = Self.passed.merging(store.environment) { $1 }.merging(own) { $1 }
  }

  /// The variables of the tests that scripts get: `METAXY_SARIF_SCHEMA`, the path of a schema to validate logs with.
  private static let passed = ProcessEnvironment.variables.filter { $0.key == "METAXY_SARIF_SCHEMA" }

  /// Runs all steps.
  ///
  /// - Throws: the first ``ScriptFailure``; later steps depend on the failed one and are not run.
  package func run(_ script: Script) throws {
    for step in script.steps {
      switch step.action {
      case .write(let path, let text):
        let file = Paths.resolve(path, in: project)
        try Files.createDirectory(Paths.parent(of: file))
        try Files.write(text, to: file, replacing: true)
      case .run(let command, let expected):
        if let message = try failure(of: command, expected) {
          throw ScriptFailure(path: script.path, line: step.line, message: message)
        }
      }
    }
  }

  private func failure(of command: String, _ expected: Script.Expectation) throws -> String? {
    let before = expected.changesNothing ? try Snapshot(of: self) : nil
    let result: ChildProcess
    do {
      result = try run(command)
    } catch let failure as ChildProcessFailure {
      return "$ \(command)\n\(failure.reason)"
    }
    var problems = expected.problems(with: result)
    if let before {
      let changes = before.changes(to: try Snapshot(of: self))
      if !changes.isEmpty { problems.append("it changed:\n" + changes.joined(separator: "\n")) }
    }
    guard !problems.isEmpty else { return nil }
    return """
      $ \(command)
      \(problems.joined(separator: "\n"))
      exit code \(result.status)
      --- stdout
      \(result.output)--- stderr
      \(result.errors)---
      """
  }
}

extension ScriptRunner {
  private func run(_ command: String) throws -> ChildProcess {
    try ChildProcess(command, environment: environment, directory: project)
  }

  /// The files of a project, and the content of its database if that is not one of the files.
  private struct Snapshot {
    var files: DirectorySnapshot
    var database: [Substring] = []

    init(of runner: ScriptRunner) throws {
      files = try DirectorySnapshot(of: runner.project)
      guard runner.environment["DATABASE_URL"] != nil else { return }
      let digest = try runner.run("digest everything")
      guard digest.status == 0 else { throw ChildProcessFailure(reason: digest.errors) }
      database = digest.output.split(separator: "\n")
    }

    func changes(to later: Snapshot) -> [String] {
      files.changes(to: later.files) + Set(database).symmetricDifference(later.database).sorted().map { "~ \($0)" }
    }
  }
}

/// An expectation of a script that was not met.
package struct ScriptFailure: Error, CustomStringConvertible {
  package var path: String
  package var line: Int
  package var message: String

  package var description: String { "\(Paths.name(of: path)):\(line): \(message)" }
}

extension Script.Expectation {
  /// Returns the differences from the expected result.
  fileprivate func problems(with result: ChildProcess) -> [String] {
    var problems: [String] = []
    if result.status != status { problems.append("expected exit code \(status)") }
    for (name, lines, text) in [("stdout", output, result.output), ("stderr", errors, result.errors)] {
      guard let lines, !OutputPattern(lines).matches(text) else { continue }
      problems.append("expected \(name):\n" + lines.map { "  \($0)" }.joined(separator: "\n"))
    }
    for (name, parts, text) in [("stdout", outputParts, result.output), ("stderr", errorParts, result.errors)] {
      for part in parts where !OutputPattern.contains(part, in: text) {
        problems.append("expected in \(name): \(part)")
      }
    }
    for text in absent where result.output.contains(text) || result.errors.contains(text) {
      problems.append("expected nowhere: \(text)")
    }
    return problems
  }
}
