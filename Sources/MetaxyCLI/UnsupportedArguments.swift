internal import MetaxyErrors

/// Arguments of other programs that are not supported, with their replacements.
enum UnsupportedArguments {
  /// Alembic's flags.
  private static let flags: [String: String] = [
    "-x": "values for a migration come from the environment, which hand-written SQL does not read",
    "-n": "name an environment by its directory with `-c DIR`, and a store with `--store NAME`",
    "--name": "name an environment by its directory with `-c DIR`, and a store with `--store NAME`",
    "--raiseerr": "every error is shown with what caused it",
  ]

  /// The commands of Alembic, and of the program of the same name that Python's Metaxy installs.
  private static let commands: [String: String] = [
    "list_templates": "there is one kind of environment; `metaxy init` makes it",
    "list-templates": "there is one kind of environment; `metaxy init` makes it",
    "migrations": "`metaxy revision --autogenerate`, `metaxy upgrade` and `metaxy status` take its place",
    "graph-diff": "`metaxy graph diff` compares the features with a recorded snapshot, or with other sources",
    "push": "`metaxy graph push` records the graph of the features",
    "metadata": "`metaxy list features` and `metaxy check` tell what is registered and whether the tables fit",
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

  private static func refused(_ kind: String, _ word: String, _ instead: String) -> MetaxyError {
    MetaxyError(
      .init("refused_word"), "the \(kind) `\(word)` is another program's and has no meaning here", hints: [instead])
  }
}
