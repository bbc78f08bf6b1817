internal import ArgumentParser
internal import MetaxyErrors
internal import MetaxyMigrationErrors

/// Arguments of other programs that are not supported, with their replacements.
enum UnsupportedArguments {
  /// Alembic's flags.
  private static let flags: [String: Hint] = [
    "-x": "values for a migration come from the environment, which hand-written SQL does not read",
    "-n": "choose an environment by its directory with `-c DIR`, and a store with `--store NAME`",
    "--name": "choose an environment by its directory with `-c DIR`, and a store with `--store NAME`",
    "--raiseerr": "every error is shown with its causes",
  ]

  /// The commands of Alembic, and of the program of the same name that Python's Metaxy installs.
  private static let commands: [String: Hint] = [
    "list_templates": "there is one kind of environment; \(.initialise()) creates it",
    "list-templates": "there is one kind of environment; \(.initialise()) creates it",
    "migrations": "\(.autogenerate()), \(.upgrade()) and \(.status()) replace it",
    "graph-diff": "\(.diffGraph()) compares the features with a recorded snapshot, or with other sources",
    "push": "\(.pushGraph()) records the graph of the features",
    "metadata": "\(.listFeatures()) lists the features, and \(.check()) compares their tables",
    "shell": "programs read and write rows with `MetadataStore`",
    "mcp": "`--format json` gives every answer to programs",
  ]

  /// Words of other tools for what a command does, with that command.
  private static let otherNames: [String: Hint] = [
    "migrate": "\(.upgrade()) applies revisions, \(.autogenerate()) writes one",
    "apply": "\(.upgrade()) applies revisions",
    "up": "\(.upgrade()) applies revisions",
    "down": "`metaxy downgrade -1` reverts the last revision",
    "rollback": "`metaxy downgrade -1` reverts the last revision",
    "makemigrations": "\(.autogenerate()) writes a revision",
    "autogenerate": "\(.autogenerate()) writes a revision",
    "diff": "\(.check()) compares the database with the features",
    "log": "`metaxy history --log` lists the runs of revisions",
    "describe": "\(.listFeatures()) lists the features, and `metaxy show REVISION` shows a revision",
    "graph history": "`metaxy history -v` lists the snapshots of the revisions",
    "graph describe": "`metaxy list features -v` lists the features with every version",
    "list stores": "\(.status()) shows every store",
  ]

  /// Returns the error if a command line contains an argument of another program.
  static func refusal(of words: [String]) -> MetaxyError? {
    if let command = words.first, let instead = commands[command] { return refused("command", command, instead) }
    if let error = mistyped(words) { return error }
    for word in words.prefix(while: { $0 != "--" }) {
      let flag = String(word.prefix { $0 != "=" })
      if let instead = flags[flag] { return refused("flag", flag, instead) }
    }
    return nil
  }

  /// Returns the error if the first words are not the name of a command.
  private static func mistyped(_ words: [String]) -> MetaxyError? {
    var known = MetaxyCommand.configuration.subcommands
    var path: [String] = []
    for word in words {
      guard !word.hasPrefix("-"), !known.isEmpty, word != "help" else { return nil }
      let names = known.map { $0.configuration.commandName ?? "" }
      let isKnown = { (command: any ParsableCommand.Type) in
        command.configuration.commandName == word || command.configuration.aliases.contains(word)
      }
      guard let place = known.firstIndex(where: isKnown) else {
        let name = (path + [word]).joined(separator: " ")
        if let other = otherNames[name] {
          return MetaxyError(.refusedWord, "there is no command `\(name)`", hints: [other])
        }
        let closest = Suggestion.closest(to: word, in: names).map { (path + [$0]).joined(separator: " ") }
        return MetaxyError(
          .refusedWord, "there is no command `\(name)`",
          hints: [Hint(closest.map { "did you mean `\($0)`?" } ?? "the commands are \(Wording.list(names))")])
      }
      path.append(word)
      known = known[place].configuration.subcommands
    }
    return nil
  }

  private static func refused(_ kind: String, _ word: String, _ instead: Hint) -> MetaxyError {
    MetaxyError(
      .refusedWord, "the \(kind) `\(word)` belongs to another program and is not supported", hints: [instead])
  }
}
