internal import MetaxyErrors
internal import MetaxyProject

/// Runs a post-write hook on a revision file.
enum Hook {
  /// Runs the hook's program with the file's path, and waits for it.
  ///
  /// - Throws: `hook_failed` if it cannot be started or fails; the revision file stays.
  static func run(_ hook: PostWriteHook, on path: String, displayText: String) throws(MetaxyError) {
    if let reason = ChildProcess.run(hook.command(for: path), printsToStandardError: true) {
      throw .hookFailed(hook.name, displayText, reason: reason)
    }
  }
}
