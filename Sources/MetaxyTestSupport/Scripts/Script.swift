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
/// - `unchanged` wants every file of the project byte for byte as it was before the command.
/// - `without` is a text that is neither in stdout nor in stderr.
public struct Script: Sendable {
  /// A line of a script with what stands below it.
  public struct Step: Sendable {
    public var line: Int
    public var action: Action
  }

  public enum Action: Sendable {
    case write(path: String, text: String)
    case run(String, Expectation)
  }

  /// What a command line must do.
  public struct Expectation: Sendable {
    public var status: Int32 = 0
    /// nil for anything.
    public var output: [String]?
    public var errors: [String]?
    public var outputParts: [String] = []
    public var errorParts: [String] = []
    public var absent: [String] = []
    public var changesNothing = false
  }

  public var path: String
  public var steps: [Step]

  /// Reads the script at `path`.
  public init(at path: String) throws {
    self.path = path
    var reader = ScriptReader(text: try Files.text(at: path), path: path)
    steps = try reader.read()
  }

  /// Returns the paths of all scripts of a directory.
  public static func all(in directory: String) throws -> [String] {
    try Files.names(in: directory).filter { $0.hasSuffix(".script") }.map { Paths.resolve($0, in: directory) }
  }
}
