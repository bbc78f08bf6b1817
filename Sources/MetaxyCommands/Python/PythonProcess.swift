internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyPlatform

/// A run of a project's interpreter with a program that writes its answer to a file. What modules print stays out of it.
struct PythonProcess {
  enum Outcome {
    case answer([UInt8])
    /// What it did instead: `ended with exit code 3`.
    case ended(String)
    case timeout
  }

  struct Result {
    let outcome: Outcome
    /// The last lines that were printed.
    let output: String
    /// When the run began: what was written later may be read or not.
    let start: FileTime
  }

  private let words: [String]
  private let variables: [String: String]
  /// How long it may run, in milliseconds; 0 for any time.
  private let timeout: Int
  private let interruption: Interruption?
  private let answerFile: TemporaryFile
  private let outputFile: TemporaryFile

  /// - Parameters:
  ///   - program: the text of the program, whose first argument is the path of the answer.
  ///   - variables: the environment.
  ///   - timeout: how long it may run, in milliseconds; 0 for any time.
  init(
    _ interpreter: PythonInterpreter, _ program: String, _ arguments: [String], variables: [String: String],
    timeout: Int, _ interruption: Interruption?
  ) throws(MetaxyError) {
    answerFile = try TemporaryFile("answer")
    outputFile = try TemporaryFile("output")
    words = [interpreter.path, "-c", program, answerFile.path] + arguments
    self.variables = variables
    self.timeout = timeout
    self.interruption = interruption
  }

  /// - Throws: `interrupted`; `unreadable_file`.
  func run() throws(MetaxyError) -> Result {
    guard let start = FileTime(ofFile: answerFile.path) else {
      throw .unreadableFile(answerFile.path, reason: Files.systemReason())
    }
    let outcome = try outcome()
    return Result(outcome: outcome, output: try outputFile.lastLines(), start: start)
  }

  private func outcome() throws(MetaxyError) -> Outcome {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputFile.path, O_WRONLY | O_APPEND, 0)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process = pid_t()
    let failure = posix_spawn(&process, words[0], &actions, nil, &arguments, &environment)
    guard failure == 0 else {
      return .ended("did not start: \(String(cString: strerror(failure)).lowercased())")
    }
    switch try wait(for: process) {
    case .timeLimit: return .timeout
    case .outputLimit: return .ended("printed more than \(Self.outputLimit >> 20) MB")
    case .status(let status):
      let answer = try Files.bytes(at: answerFile.path)
      return status == 0 && !answer.isEmpty ? .answer(answer) : .ended(Self.words(status))
    }
  }

  private enum End {
    case status(Int32)
    case timeLimit
    case outputLimit
  }

  /// How much modules may print, in bytes: a loop that prints would fill the disk before the time limit.
  private static let outputLimit = 64 << 20

  private func wait(for process: pid_t) throws(MetaxyError) -> End {
    let clock = ContinuousClock()
    let deadline = timeout == 0 ? nil : clock.now + .milliseconds(timeout)
    var polls = 0
    while true {
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process { return .status(status) }
      polls += 1
      let isInterrupted = interruption?.take() ?? false
      let isLate = deadline.map { clock.now >= $0 } ?? false
      let isFull = polls % 50 == 0 && (Files.size(of: outputFile.path) ?? 0) > Self.outputLimit
      if isInterrupted || isLate || isFull {
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard !isInterrupted else { throw .interrupted() }
        return isLate ? .timeLimit : .outputLimit
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
