internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyPlatform

/// One run of an interpreter with ``PythonScript``.
struct PythonRun {
  private let request: PythonRequest
  private let interruption: Interruption?

  init(_ request: PythonRequest, _ interruption: Interruption?) {
    self.request = request
    self.interruption = interruption
  }

  /// Returns the answer, and when the run began: what was written later may be read or not.
  func answer() throws(MetaxyError) -> (PythonAnswer, start: FileTime) {
    let answerFile = try TemporaryFile("answer")
    let outputFile = try TemporaryFile("output")
    guard let start = FileTime(ofFile: answerFile.path) else {
      throw .unreadableFile(answerFile.path, reason: Files.systemReason())
    }
    let status = try run(answerFile, outputFile)
    let bytes = try Files.bytes(at: answerFile.path)
    guard status == 0, !bytes.isEmpty else {
      throw .pythonEnded(request, Self.words(status), output: try outputFile.lastLines())
    }
    return (try PythonAnswer(bytes, to: request), start)
  }

  /// Runs the interpreter, and returns its wait status.
  private func run(_ answerFile: TemporaryFile, _ outputFile: TemporaryFile) throws(MetaxyError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputFile.path, O_WRONLY | O_APPEND, 0)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    let words =
      [request.interpreter.path, "-c", PythonScript.text, answerFile.path, request.root, request.configFile]
      + request.modules
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = request.variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process = pid_t()
    let failure = posix_spawn(&process, request.interpreter.path, &actions, nil, &arguments, &variables)
    guard failure == 0 else {
      throw .pythonEnded(request, "did not start: \(String(cString: strerror(failure)).lowercased())", output: "")
    }
    return try wait(for: process, outputFile)
  }

  private func wait(for process: pid_t, _ outputFile: TemporaryFile) throws(MetaxyError) -> Int32 {
    let clock = ContinuousClock()
    let deadline = request.timeout == 0 ? nil : clock.now + .milliseconds(request.timeout)
    while true {
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return status }
      let isInterrupted = interruption?.take() ?? false
      if isInterrupted || deadline.map({ clock.now >= $0 }) ?? false {
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard !isInterrupted else { throw .interrupted() }
        throw .pythonTimeout(request, output: try outputFile.lastLines())
      }
      usleep(2_000)
    }
  }

  private static func words(_ status: Int32) -> String {
    // The low seven bits contain a signal, the byte above them the exit code.
    let signal = status & 0x7F
    return signal == 0 ? "ended with exit code \((status >> 8) & 0xFF)" : "was ended by signal \(signal)"
  }
}

/// An empty file that exists as long as the value.
private final class TemporaryFile {
  let path: String

  init(_ name: String) throws(MetaxyError) {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(directory)/metaxy-python-\(name)-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .unreadableFile(directory, reason: Files.systemReason()) }
    close(descriptor)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { unlink(path) }

  /// The end of the text in the file.
  func lastLines() throws(MetaxyError) -> String {
    let text = String(decoding: try Files.bytes(at: path).suffix(16_384), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).suffix(20).joined(separator: "\n")
  }
}

/// When a file was changed last.
struct FileTime: Comparable, CustomStringConvertible {
  private let seconds: Int
  private let nanoseconds: Int

  /// - Returns: nil if the file does not exist.
  init?(ofFile path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      (seconds, nanoseconds) = (Int(status.st_mtimespec.tv_sec), Int(status.st_mtimespec.tv_nsec))
    #else
      (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    #endif
  }

  var description: String { "\(seconds) s \(nanoseconds) ns" }

  static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}
