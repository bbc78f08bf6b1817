internal import MetaxyPlatform

/// Programs that a command starts and waits for.
enum ChildProcess {
  /// Runs a program with the terminal of this process.
  ///
  /// - Parameters:
  ///   - words: the program, searched for in PATH, and its arguments.
  ///   - printsToStandardError: whether its output goes to stderr, because stdout has only the answer.
  /// - Returns: why it could not be started or failed; nil if it ended with exit code 0.
  static func run(_ words: [String], printsToStandardError: Bool = false) -> String? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if printsToStandardError { posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO) }

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process = pid_t()
    let failure = posix_spawnp(&process, words[0], &actions, nil, arguments, environ)
    guard failure == 0 else { return "`\(words[0])`: \(String(cString: strerror(failure)).lowercased())" }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status != 0 else { return nil }
    // The low seven bits contain a signal, the byte above them the exit code.
    let signal = status & 0x7F
    return signal == 0 ? "it ended with exit code \((status >> 8) & 0xFF)" : "it was ended by signal \(signal)"
  }
}
