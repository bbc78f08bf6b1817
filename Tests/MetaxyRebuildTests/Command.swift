import Foundation

/// A program that ran to its end, however it ended.
struct Command {
  struct Failure: Error {
    var words: [String]
    var reason: String
  }

  /// What it said, to both.
  var output: String
  /// The exit code; 128 and the signal's number when a signal ended it, as the shell counts.
  var status: Int32

  /// - Parameters:
  ///   - words: the path of the program, and its arguments.
  ///   - variables: what its environment holds beside the search path.
  init(_ words: [String], in directory: String, variables: [String: String] = [:]) throws {
    // Not Foundation's Process, which does not bear being used by many tests at once.
    let output = "\(try Scratch.directory())/output"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let script = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory] + words
    let settings = ["PATH=\(path)"] + variables.map { "\($0.key)=\($0.value)" }
    var arguments: [UnsafeMutablePointer<CChar>?] = script.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { (arguments + environment).forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, &environment)
    guard failure == 0 else { throw Failure(words: words, reason: String(cString: strerror(failure))) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    self.status = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    self.output = try String(contentsOfFile: output, encoding: .utf8)
  }

  /// The built `metaxy`: it lies where the tests do.
  static func metaxy() throws -> String {
    for place in CommandLine.arguments + Bundle.allBundles.map(\.bundlePath) where place.contains("/") {
      let directory = URL(fileURLWithPath: place).resolvingSymlinksInPath().deletingLastPathComponent()
      let program = directory.appendingPathComponent("metaxy").path
      if FileManager.default.isExecutableFile(atPath: program) { return program }
    }
    throw Failure(words: ["metaxy"], reason: "it is not built")
  }
}
