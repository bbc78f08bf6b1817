internal import ArgumentParser
internal import MetaxyCommands

/// Migrates the tables of Metaxy features.
struct MetaxyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metaxy",
    abstract: "Migrates the tables of Metaxy features: from Swift structs to revision files to databases.",
    discussion: """
      A new project:
        metaxy init
        metaxy -c .metaxy/alembic-system revision --autogenerate
        metaxy -c .metaxy/alembic-system upgrade
        metaxy revision --autogenerate
        metaxy upgrade

      After every change of a feature the last two again; `metaxy check` tells whether they are due.

      Without -c a command works on the user environment, which holds the features' tables; with `-c \
      .metaxy/alembic-system` on the system's, which holds Metaxy's own.

      Flags such as -c, --store and --format stand before or after the command.

      Exit codes: 0 done or in sync, 1 failed, 2 the answer is "differs", 64 wrong usage.
      """,
    version: "metaxy \(ToolVersion.current) (Swift)",
    subcommands: [
      InitCommand.self, RevisionCommand.self, UpgradeCommand.self, DowngradeCommand.self, CurrentCommand.self,
      HeadsCommand.self, HistoryCommand.self, ShowCommand.self, CheckCommand.self, StampCommand.self,
      StatusCommand.self, ListCommand.self, GraphCommand.self, GenerateCommand.self,
    ])

  static let _errorLabel = "error"
}
