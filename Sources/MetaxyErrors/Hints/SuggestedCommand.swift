/// A command of metaxy that a hint or a report suggests.
///
/// The code that suggests it sets its name and arguments. The flags for the configuration, the store and the environment come
/// from the command line that metaxy was started with, which only the command layer knows.
package struct SuggestedCommand: Sendable, Hashable {
  /// The scope of a command, which determines its flags.
  enum Scope: Sendable, Hashable {
    case project, store, environment
  }

  private let words: [String]
  private let scope: Scope
  private var invocation: Invocation?

  /// Creates a command from the words after `metaxy`, without the flags of `scope`.
  init(_ words: [String], on scope: Scope) {
    self.words = words
    self.scope = scope
  }

  /// The command as it is typed after `invocation`; itself where that is known already.
  package func completed(for invocation: Invocation) -> SuggestedCommand {
    guard self.invocation == nil else { return self }
    var command = self
    command.invocation = invocation
    return command
  }

  private var flags: [String] {
    guard let invocation else { return [] }
    var flags: [String] = []
    if scope == .environment { flags += Self.flag("-c", long: "--config", invocation.environment) }
    if scope != .project { flags += Self.flag("--store", invocation.store) }
    return flags + Self.flag("--config-file", invocation.configFile)
  }

  static func flag(_ name: String, long: String? = nil, _ value: String?) -> [String] {
    guard let value else { return [] }
    // A value that looks like a flag is parsed as one, unless it follows `=`.
    return value.hasPrefix("-") ? ["\(long ?? name)=\(value)"] : [name, value]
  }
}

extension SuggestedCommand: CustomStringConvertible {
  /// The command line, quoted for a shell.
  package var description: String {
    (["metaxy"] + flags + words).map(ShellWord.quoted).joined(separator: " ")
  }
}
