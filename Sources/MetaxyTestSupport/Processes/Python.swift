internal import MetaxyFiles

/// Python, for checks that are independent of metaxy.
package enum Python {
  /// The interpreter itself: the `python3` of the search path may be a slow wrapper script.
  package static let interpreter = Result {
    let place = try TemporaryDirectory()
    let run = try ChildProcess(
      ["python3", "-c", "import sys; print(sys.executable, end='')"], directory: place.path)
    guard run.status == 0 else { throw ChildProcessFailure(reason: "no python3: \(run.errors)") }
    return run.output
  }

  /// The directory of the interpreter, for a search path.
  package static func directory() throws -> String { Paths.parent(of: try interpreter.get()) }

  /// Runs a program with the modules of ``Repository/fixtures``, and returns what it prints.
  ///
  /// - Parameters:
  ///   - program: the text of the program.
  ///   - arguments: its `sys.argv[1:]`.
  package static func run(_ program: String, _ arguments: [String] = []) throws -> String {
    let place = try TemporaryDirectory()
    let run = try ChildProcess(
      // Without user and site modules, and without writing compiled modules beside the fixtures.
      [
        interpreter.get(), "-BEsS", "-c", "import sys; sys.path.insert(0, sys.argv.pop(1))\n\(program)",
        Repository.fixtures,
      ]
        + arguments, directory: place.path)
    guard run.status == 0 else { throw ChildProcessFailure(reason: "python3: \(run.errors)") }
    return run.output
  }
}
