internal import MetaxyErrors
internal import MetaxyPlatform
internal import MetaxyProject

/// Runs a post-write hook on a revision file.
enum Hook {
  /// Runs the hook's program with the file's path, and waits for it.
  ///
  /// Its output goes to stderr, because stdout contains only the result.
  ///
  /// - Throws: `hook_failed` if it cannot be started or fails; the revision file stays.
  static func run(_ hook: PostWriteHook, on path: String, displayText: String) throws(MetaxyError) {
    let words = hook.command(for: path)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process = pid_t()
    let failure = posix_spawnp(&process, words[0], &actions, nil, arguments, environ)
    guard failure == 0 else {
      throw .hookFailed(
        hook.name, displayText, reason: "`\(words[0])`: \(String(cString: strerror(failure)).lowercased())")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      // The low seven bits contain a signal, the byte above them the exit code.
      let signal = status & 0x7F
      throw .hookFailed(
        hook.name, displayText,
        reason: signal == 0 ? "it ended with exit code \((status >> 8) & 0xFF)" : "it was ended by signal \(signal)")
    }
  }
}
