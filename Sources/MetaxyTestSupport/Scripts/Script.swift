internal import MetaxyErrors
internal import MetaxyFiles

/// What a user types and sees, as plain text.
///
/// ```
/// # A comment.
/// write notes.txt
/// | one line of the file
///
/// $ metaxy upgrade nowhere
/// ? 1
/// !: no revision or branch is called `nowhere`
/// unchanged
/// without video
/// ```
///
/// - `$` runs a command line in the shell; lines indented by two spaces continue it.
/// - `>` and `!` are all lines of stdout and stderr, in order: a lone `>` means none. `…` stands for any text within a line,
///   and for any number of lines where it is alone. `>:` and `!:` are parts of a line, in any order.
/// - `?` is the exit code; 0 when it is not given.
/// - `unchanged` wants every file of the project byte for byte as it was before the command, and on a server all that the
///   database holds.
/// - `without` is a text that is neither in stdout nor in stderr.
///
/// A script runs on every engine. What differs is marked:
///
/// ```
/// # only sqlite: a first line like this one says why the script makes sense on one engine alone
///
/// $ metaxy upgrade
/// ? 1
/// [sqlite] !: near "TABEL": syntax error
/// [postgresql] !: syntax error at or near "TABEL"
///
/// [sqlite] $ sql "PRAGMA integrity_check"
/// > ok
/// ```
///
/// - `[sqlite]` before an expectation, or a line of a file, leaves that line out on other engines; before `$` or `write` it
///   leaves out the whole step.
package struct Script: Sendable {
  /// A line of a script with what stands below it.
  package struct Step: Sendable {
    package var line: Int
    package var action: Action
  }

  package enum Action: Sendable {
    case write(path: String, text: String)
    case run(String, Expectation)
  }

  /// What a command line must do.
  package struct Expectation: Sendable {
    package var status: Int32 = 0
    /// nil for anything.
    package var output: [String]?
    package var errors: [String]?
    package var outputParts: [String] = []
    package var errorParts: [String] = []
    package var absent: [String] = []
    package var changesNothing = false
  }

  package var path: String
  package var steps: [Step]

  /// Reads what the script at `path` says on one engine.
  package init(at path: String, on engine: ScriptEngine) throws {
    try self.init(Files.text(at: path), path: path, on: engine)
  }

  /// - Throws: ``ScriptFailure`` with the line that is none of a script, on whatever engine.
  package init(_ text: String, path: String, on engine: ScriptEngine) throws {
    self.path = path
    var reader = ScriptReader(text: text, path: path, engine: engine)
    steps = try reader.read()
  }

  /// Returns the engines that a script makes sense on: all, unless its first line says which one and why.
  package static func engines(of text: String, path: String) throws -> [ScriptEngine] {
    let line = text.prefix { $0 != "\n" }
    guard line.hasPrefix("# only") else { return ScriptEngine.allCases }
    let parts = line.dropFirst("# only".count).split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
    guard let engine = parts.first.flatMap({ ScriptEngine(rawValue: String($0)) }) else {
      throw ScriptFailure(path: path, line: 1, message: "no engine is called `\(parts.first ?? "")`")
    }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ScriptFailure(path: path, line: 1, message: "it has to say why: `# only \(engine.rawValue): reason`")
    }
    return [engine]
  }

  /// Returns the paths of all scripts of a directory.
  package static func all(in directory: String) throws -> [String] {
    try Files.names(in: directory).filter { $0.hasSuffix(".script") }.map { Paths.resolve($0, in: directory) }
  }
}
