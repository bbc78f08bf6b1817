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
  ]

  /// Returns the error if a command line contains an argument of another program.
  static func refusal(of words: [String]) -> MetaxyError? {
    if let command = words.first, let instead = commands[command] { return refused("command", command, instead) }
    for word in words.prefix(while: { $0 != "--" }) {
      let flag = String(word.prefix { $0 != "=" })
      if let instead = flags[flag] { return refused("flag", flag, instead) }
    }
    return nil
  }

  private static func refused(_ kind: String, _ word: String, _ instead: Hint) -> MetaxyError {
    MetaxyError(
      .refusedWord, "the \(kind) `\(word)` belongs to another program and is not supported", hints: [instead])
  }
}
