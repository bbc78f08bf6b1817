internal import ArgumentParser
internal import MetaxyErrors
internal import MetaxyMigrationErrors

extension MetaxyError {
  /// What the argument parser, or the check of a command's arguments, refuses, in the form of every other error.
  ///
  /// The parser has only texts for it: a sentence, and behind it the probable word or the possible values.
  static func wrongUsage(_ error: any Error) -> MetaxyError {
    var message = MetaxyCommand.message(for: error)
    var hints: [Hint] = []
    if let suggestion = message.firstMatch(of: /\. Did you mean '(.+)'\?$/) {
      let word = message.firstMatch(of: /'([^']+)'/)?.1 ?? ""
      // Also words that are not similar are suggested.
      if let closest = Suggestion.closest(to: String(word), in: [String(suggestion.1)]) {
        hints.append(Hint("did you mean `\(closest)`?"))
      }
      message.removeSubrange(suggestion.range)
    } else if let choice = message.firstMatch(
      of: /\. Please provide one of (?:the following:|)(.+)/.dotMatchesNewlines())
    {
      let values = choice.1.matches(of: /'([^']+)'|- (\S+)/).map { String($0.1 ?? $0.2 ?? "") }
      hints.append(Hint("the values are \(Wording.list(values))"))
      message.removeSubrange(choice.range)
    }
    if let help = MetaxyCommand.fullMessage(for: error).firstMatch(of: /See '(.+)' for more/) {
      hints.append(Hint("`\(help.1)` lists the arguments"))
    }
    return MetaxyError(.wrongUsage, plain(message), hints: hints)
  }

  /// A sentence of the parser with a small letter, and backticks around what was typed; one of metaxy's as it is.
  private static func plain(_ sentence: String) -> String {
    guard !sentence.contains("`") else { return sentence }
    let quoted = sentence.replacing(/'([^']*)'/) { "`\($0.1)`" }
    return quoted.prefix(1).lowercased() + quoted.dropFirst()
  }
}
