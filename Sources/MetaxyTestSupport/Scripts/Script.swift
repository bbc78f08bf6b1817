internal import MetaxyErrors
internal import MetaxyFiles

/// The commands that a user types and their expected output, as plain text.
///
/// ```
/// # A comment.
/// write notes.txt
/// | one line of the file
///
/// $ metaxy upgrade nowhere
/// ? 1
/// !: no revision or branch is named `nowhere`
/// unchanged
/// without video
/// ```
///
/// - `$` runs a command line in the shell; lines indented by two spaces continue it.
/// - `>` and `!` are all lines of stdout and stderr, in order: a lone `>` means none. `…` matches any text within a
///   line, and any number of lines if it is alone. `>:` and `!:` are parts of a line, in any order.
/// - `?` is the exit code; the default is 0.
/// - `unchanged` requires that every file of the project, and on a server the content of the database, is byte for byte
///   the same as before the command.
/// - `without` is a text that neither stdout nor stderr contains.
///
/// A script runs on every engine. Differences are marked:
///
/// ```
/// # only sqlite: a first line like this one states why the script makes sense on one engine alone
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
/// - `[sqlite]` before an expectation, or before a line of a file, skips that line on other engines; before `$` or
///   `write` it skips the whole step.
package struct Script: Sendable {
  /// A line of a script with the lines that belong to it.
  package struct Step: Sendable {
    package var line: Int
    package var action: Action
  }

  package enum Action: Sendable {
    case write(path: String, text: String)
    case run(String, Expectation)
  }

  /// The expected effects of a command line.
  package struct Expectation: Sendable {
    package var status: Int32 = 0
    /// nil for any output.
    package var output: [String]?
    package var errors: [String]?
    package var outputParts: [String] = []
    package var errorParts: [String] = []
    package var absent: [String] = []
    package var changesNothing = false
  }

  package var path: String
  package var steps: [Step]

  /// Parses the script at `path` for one engine.
  package init(at path: String, on engine: Engine) throws {
    try self.init(Files.text(at: path), path: path, on: engine)
  }

  /// - Throws: ``ScriptFailure`` with the line that is invalid, even if it is for another engine.
  package init(_ text: String, path: String, on engine: Engine) throws {
    self.path = path
    var reader = ScriptReader(text: text, path: path, engine: engine)
    steps = try reader.read()
  }

  /// Returns the engines of a script: all, unless its first line names one and the reason.
  package static func engines(of text: String, path: String) throws -> [Engine] {
    let line = text.prefix { $0 != "\n" }
    guard line.hasPrefix("# only") else { return Engine.allCases }
    let parts = line.dropFirst("# only".count).split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
    guard let engine = parts.first.flatMap({ Engine(rawValue: String($0)) }) else {
      throw ScriptFailure(path: path, line: 1, message: "no engine is called `\(parts.first ?? "")`")
    }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ScriptFailure(path: path, line: 1, message: "add the reason: `# only \(engine.rawValue): reason`")
    }
    return [engine]
  }

  /// Returns the paths of all scripts of a directory.
  package static func all(in directory: String) throws -> [String] {
    try Files.names(in: directory).filter { $0.hasSuffix(".script") }.map { Paths.resolve($0, in: directory) }
  }
}
