internal import ArgumentParser
internal import MetaxyCommands
internal import MetaxyFiles
internal import MetaxyProject

/// What shells complete beside commands and flags: values of the project in which the user types.
enum Completion {
  static let revision = CompletionKind.custom { words, _, _ in values(.revisions, words) }
  static let store = CompletionKind.custom { words, _, _ in values(.stores, words) }
  static let feature = CompletionKind.custom { words, _, _ in values(.features, words) }
  static let environment = CompletionKind.custom { words, _, _ in values(.environments, words) }

  private static func values(_ kind: Commands.CompletionKind, _ words: [String]) -> [String] {
    guard let directory = Paths.workingDirectory else { return [] }
    let environment = value(of: ["-c", "--config"], in: words)
    let isFile = environment?.hasSuffix(".toml") ?? false
    let context = CommandContext(
      workingDirectory: directory, variables: ProcessEnvironment.variables,
      overrides: Project.Overrides(
        configFile: value(of: ["--config-file"], in: words) ?? (isFile ? environment : nil),
        store: value(of: ["--store"], in: words), environment: isFile ? nil : environment)
    ) { _ in }
    return Commands.completions(context, kind)
  }

  /// Returns the value of a flag that is complete on the command line: a word, or a flag with `=`, follows it.
  private static func value(of flags: Set<String>, in words: [String]) -> String? {
    for (place, word) in words.enumerated() {
      if flags.contains(word), place + 2 < words.count { return unquoted(words[place + 1]) }
      for flag in flags where word.hasPrefix("\(flag)=") { return unquoted(String(word.dropFirst(flag.count + 1))) }
    }
    return nil
  }

  /// Shells hand words over as they are typed.
  private static func unquoted(_ word: String) -> String {
    for quote in ["\"", "'"] where word.count > 1 && word.hasPrefix(quote) && word.hasSuffix(quote) {
      return String(word.dropFirst().dropLast())
    }
    return word
  }
}
