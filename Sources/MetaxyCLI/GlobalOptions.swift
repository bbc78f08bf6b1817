internal import ArgumentParser

/// The flags of every command; they may also come before the command.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: .init(
      "The environment to work on: its directory, or the alembic.ini in it. A .toml file is used as --config-file.",
      valueName: "environment"),
    completion: Completion.environment
  )
  var environment: String?

  @Option(
    name: .customLong("store"),
    help: .init(
      "The store to work on, or the URL of a database; by default the configuration's `store`. Some commands take several.",
      valueName: "name"),
    completion: Completion.store)
  var stores: [String] = []

  @Option(
    name: .customLong("config-file"),
    help: .init(
      "The configuration; by default metaxy.toml, or a pyproject.toml with [tool.metaxy], here or in a parent directory.",
      valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var configFile: String?

  @Option(
    help: .init(
      "The output format: text or json; for `check` and `lint` also github or sarif, for rows csv or jsonl.",
      valueName: "format"))
  var format: OutputFormat = .text

  @Flag(name: [.customLong("quiet"), .customShort("q")], help: "Print only the result and errors.")
  var isQuiet = false

  @Flag(name: .customLong("timings"), help: "Print the duration of each phase on stderr.")
  var showsTimings = false

  @Option(help: "Whether output has colours: auto, always or never. NO_COLOR means never.")
  var color: ColorMode = .auto
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
  /// For graphs only.
  case mermaid, dot, svg
  /// For rows only.
  case csv, jsonl
  /// For services of continuous integration: workflow commands of GitHub Actions, and a log for code scanning.
  case github, sarif
}

enum ColorMode: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The option of commands that can work on both environments.
struct EnvironmentOptions: ParsableArguments {
  @Flag(
    name: .customLong("all-environments"),
    help: "Work on both environments: upgrade the system's first, downgrade the user's first.")
  var all = false
}
