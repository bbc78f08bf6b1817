internal import ArgumentParser
internal import MetaxyCommands

/// Migrates the tables of Metaxy features.
struct MetaxyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metaxy",
    abstract: "Migrate the tables of Metaxy features: from Swift structs to revision files to databases.",
    discussion: """
      A new project:
        metaxy init
        metaxy -c .metaxy/alembic-system revision --autogenerate
        metaxy -c .metaxy/alembic-system upgrade
        metaxy revision --autogenerate
        metaxy upgrade

      After every change of a feature, run the last two again; `metaxy check` reports whether that is necessary.

      Without -c, a command works on the user environment with the features' tables; with `-c .metaxy/alembic-system`, on \
      the system environment with Metaxy's own tables.

      Flags such as -c, --store and --format come before or after the command.

      Exit codes: 0 success or in sync, 1 failure, 2 the result is "differs", 64 wrong usage.
      """,
    version: "metaxy \(ToolVersion.current) (Swift)",
    subcommands: [
      InitCommand.self, RevisionCommand.self, MergeCommand.self, RebaseCommand.self, SquashCommand.self,
      EditCommand.self,
      UpgradeCommand.self, DowngradeCommand.self, CurrentCommand.self, HeadsCommand.self, BranchesCommand.self,
      HistoryCommand.self, VerifyCommand.self,
      ShowCommand.self, CheckCommand.self, LintCommand.self, StampCommand.self, EnsureVersionCommand.self,
      StatusCommand.self, PageCommand.self,
      RepairCommand.self, ListCommand.self, GraphCommand.self, GenerateCommand.self, RowsCommand.self,
    ])

  static let _errorLabel = "error"
}
