internal import MetaxyErrors
internal import MetaxyFiles
internal import MetaxyPlatform

/// The result of a command line that ran in the shell.
package struct ChildProcess: Sendable {
  package var output: String
  package var errors: String
  /// The exit code; 128 plus the signal's number if a signal ended the process, as in the shell.
  package var status: Int32

  /// Runs `command` with `/bin/sh` and waits for it.
  ///
  /// - Parameters:
  ///   - environment: all variables of the process; none is inherited.
  ///   - directory: the working directory.
  ///   - scratch: an existing directory for the output.
  ///   - seconds: the time after which it is killed with all processes that it started.
  package init(
    _ command: String, environment: [String: String], directory: String, scratch: String, seconds: Int = 120
  ) throws {
    // Files, not pipes: two pipes must be read concurrently, and a process left in the background would keep them open.
    let output = "\(scratch)/stdout"
    let errors = "\(scratch)/stderr"
    let process = try Self.start(
      ["/bin/sh", "-c", "cd \"$1\" && eval \"$2\"", "sh", directory, command],
      environment.map { "\($0.key)=\($0.value)" }, output, errors)
    status = try Self.wait(for: process, seconds: seconds)
    self.output = String(decoding: try Files.bytes(at: output), as: UTF8.self)
    self.errors = String(decoding: try Files.bytes(at: errors), as: UTF8.self)
  }

  private static func start(
    _ words: [String], _ environment: [String], _ output: String, _ errors: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Its own process group, so that one signal ends all of it. No blocked signals, although threads that run tests
    // block some: a shell that never receives SIGCHLD waits for its children for ever. And no ignored signals, although
    // a shell ignores some for background processes.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, words[0], &actions, &attributes, arguments, variables)
    guard failure == 0 else { throw ChildProcessFailure(reason: String(cString: strerror(failure))) }
    return process
  }

  private static func wait(for process: pid_t, seconds: Int) throws -> Int32 {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var status: Int32 = 0
    while true {
      switch waitpid(process, &status, WNOHANG) {
      case process:
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      case 0 where ContinuousClock.now > deadline:
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        throw ChildProcessFailure(reason: "it was not done after \(seconds) seconds")
      case 0: usleep(2_000)
      default:
        guard errno == EINTR else { throw ChildProcessFailure(reason: String(cString: strerror(errno))) }
      }
    }
  }
}

/// The error of a command line that could not be run to its end.
package struct ChildProcessFailure: Error {
  package var reason: String
}
