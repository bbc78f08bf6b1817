internal import MetaxyDatabase
internal import MetaxyErrors

/// One run of an interpreter with ``PythonScript``.
struct PythonRun {
  private let request: PythonRequest
  private let interruption: Interruption?

  init(_ request: PythonRequest, _ interruption: Interruption?) {
    self.request = request
    self.interruption = interruption
  }

  /// Returns the answer, and when the run began.
  func answer() throws(MetaxyError) -> (PythonAnswer, start: FileTime) {
    let process = try PythonProcess(
      request.interpreter, PythonScript.text, [request.root, request.configFile, request.prefix] + request.modules,
      variables: request.variables, timeout: request.timeout, interruption)
    let result = try process.run()
    switch result.outcome {
    case .answer(let bytes): return (try PythonAnswer(bytes, to: request), result.start)
    case .ended(let words): throw .pythonEnded(request, words, output: result.output)
    case .timeout: throw .pythonTimeout(request, output: result.output)
    }
  }
}
