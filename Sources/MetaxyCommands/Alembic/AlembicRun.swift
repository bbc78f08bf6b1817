internal import MetaxyConfiguration
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyJSON
internal import MetaxyPlatform
internal import MetaxyProject

/// Has Alembic read an environment in the project's Python.
struct AlembicRun {
  private let session: ProjectSession
  private let python: PythonInterpreter

  /// - Throws: `no_python`.
  init(_ session: ProjectSession) throws(MetaxyError) {
    self.session = session
    python = try PythonInterpreter(of: session.project, session.context.variables)
  }

  /// Returns the history of an environment, rendered for the dialects of the project.
  ///
  /// - Parameter directory: the environment's directory or its `alembic.ini`, as typed.
  /// - Throws: `alembic_failed` with what Python reports.
  func history(at directory: String) throws(MetaxyError) -> AlembicHistory {
    let path = Paths.resolve(directory, in: session.context.workingDirectory)
    guard Files.kind(of: path) != nil else { throw .alembicFailed(directory, "it does not exist") }
    let answer = try AnswerFile()
    let root = session.project.root
    // What the modules print goes to stderr; the answer has a file of its own.
    let failure = ChildProcess.run(
      [python.path, "-c", AlembicProgram.text, answer.path, root, path] + session.dialects.map(\.rawValue),
      printsToStandardError: true)
    if let failure { throw .alembicFailed(directory, "`\(python.displayPath)`: \(failure)") }
    let value = try JSONValue(parsing: try Files.text(at: answer.path), file: "alembic")
    if case .string(let reason)? = value["failure"] { throw .alembicFailed(directory, reason) }
    return try AlembicHistory(value, directory: directory, session)
  }
}

/// An empty file that exists as long as the value.
private final class AnswerFile {
  let path: String

  init() throws(MetaxyError) {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(directory)/metaxy-alembic-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .unreadableFile(directory, reason: Files.systemReason()) }
    close(descriptor)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { unlink(path) }
}
