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
    let timeout = session.project.migrations.pythonTimeout
    let result = try PythonProcess(
      python, AlembicProgram.text, [session.project.root, path] + session.dialects.map(\.rawValue),
      variables: session.context.variables, timeout: timeout, session.context.interruption
    ).run()
    let failure: String
    switch result.outcome {
    case .answer(let bytes): return try history(bytes, directory)
    case .ended(let words): failure = words
    case .timeout: failure = "did not end within \(timeout) ms, the `python_timeout` of [ext.migrations]"
    }
    let printed = result.output.isEmpty ? "" : "; it printed:\n\(result.output)"
    throw .alembicFailed(directory, "`\(python.displayPath)` \(failure)\(printed)")
  }

  private func history(_ answer: [UInt8], _ directory: String) throws(MetaxyError) -> AlembicHistory {
    let value = try JSONValue(parsing: String(decoding: answer, as: UTF8.self), file: "alembic")
    if case .string(let reason)? = value["failure"] { throw .alembicFailed(directory, reason) }
    return try AlembicHistory(value, directory: directory, session)
  }
}
