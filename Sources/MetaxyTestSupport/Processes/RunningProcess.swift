internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyPlatform

/// A program that runs in parallel with the test, in its own process group. If it still runs when the value is released,
/// the group is killed.
package final class RunningProcess {
  /// The id of the process and of its group.
  package let identifier: Int32
  private let name: String
  private let scratch: TemporaryDirectory
  private var input: InputPipe?
  private var status: Int32?

  /// Starts a command line with `/bin/sh`.
  package convenience init(_ command: String, environment: [String: String], directory: String) throws {
    try self.init(["/bin/sh", "-c", command], environment: environment, directory: directory)
  }

  /// - Parameters:
  ///   - words: the program, which is found on the search path of `environment`, and its arguments.
  ///   - environment: all its variables; none is inherited.
  ///   - directory: its working directory.
  ///   - input: its stdin; default: `/dev/null`.
  package init(
    _ words: [String], environment: [String: String], directory: String, input: InputPipe? = nil
  ) throws {
    name = words.joined(separator: " ")
    scratch = try TemporaryDirectory()
    self.input = input
    let spawn = Spawn(
      // The shell changes the directory, and `env` searches the path of the new environment.
      words: ["/bin/sh", "-c", "cd \"$0\" && exec /usr/bin/env \"$@\"", directory] + words,
      variables: environment.map { "\($0.key)=\($0.value)" },
      // Files instead of pipes: two pipes would have to be read at the same time, and remaining background processes of the
      // program would keep them open.
      output: "\(scratch.path)/stdout", errors: "\(scratch.path)/stderr")
    identifier = try spawn.start(input: input?.reader)
    input?.closeReader()
  }

  deinit {
    guard status == nil else { return }
    kill(-identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  /// Its output to stdout so far.
  package var output: [UInt8] { get throws { try Files.bytes(at: "\(scratch.path)/stdout") } }

  /// Its output to stderr so far.
  package var errors: String {
    get throws { String(decoding: try Files.bytes(at: "\(scratch.path)/stderr"), as: UTF8.self) }
  }

  /// Sends a signal to the process, not to its group.
  package func send(_ signal: Int32) throws {
    guard kill(identifier, signal) == 0 else { throw ChildProcessFailure(reason: String(cString: strerror(errno))) }
  }

  /// Waits until the process has reached a state.
  ///
  /// - Throws: ``StateNeverReached``; ``ChildProcessFailure``, when the process ends first.
  package func waitUntil(_ state: String, _ isReached: () throws -> Bool) throws {
    try MetaxyTestSupport.waitUntil(state) {
      // Read in this order, because the process may reach the state immediately before it ends.
      let hasEnded = try !isRunning()
      if try isReached() { return true }
      guard hasEnded else { return false }
      throw ChildProcessFailure(reason: "`\(name)` ended before the state: \(state)\n\(try errors)")
    }
  }

  /// Waits for its end.
  package func end() throws -> ChildProcess {
    do {
      try MetaxyTestSupport.waitUntil("`\(name)` has ended") { try !isRunning() }
    } catch {
      kill(-identifier, SIGKILL)
      throw error
    }
    return ChildProcess(output: String(decoding: try output, as: UTF8.self), errors: try errors, status: status ?? 0)
  }

  private func isRunning() throws -> Bool {
    guard status == nil else { return false }
    var word: Int32 = 0
    switch waitpid(identifier, &word, WNOHANG) {
    case identifier:
      let signal = word & 0x7F
      status = signal == 0 ? (word >> 8) & 0xFF : 128 + signal
      return false
    case 0: return true
    default:
      guard errno == EINTR else { throw ChildProcessFailure(reason: String(cString: strerror(errno))) }
      return true
    }
  }
}

/// The parameters of `posix_spawn`.
private struct Spawn {
  var words: [String]
  var variables: [String]
  var output: String
  var errors: String

  func start(input: Int32?) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    Self.isolate(&attributes)

    let arguments = words.map { strdup($0) } + [nil]
    let environment = variables.map { strdup($0) } + [nil]
    defer { (arguments + environment).forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, words[0], &actions, &attributes, arguments, environment)
    guard failure == 0 else { throw ChildProcessFailure(reason: String(cString: strerror(failure))) }
    return process
  }

  /// Creates a process group, so that one signal ends all its processes. Unblocks the signals that are blocked on the threads
  /// of tests, because a shell without SIGCHLD waits for its children forever. Restores ignored signals, which background
  /// processes of a shell have.
  private static func isolate(_ attributes: inout posix_spawnattr_t) {
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
  }
}
