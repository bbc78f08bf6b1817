// Every command that is suggested anywhere. A test has the real parser accept each of them, after every kind of command line.
extension SuggestedCommand {
  // MARK: - On a project

  package static func initialise(_ directory: String? = nil) -> Self {
    Self(["init"] + (directory.map { [$0] } ?? []), on: .store)
  }

  /// Returns the command that starts a history with the tables of a database.
  ///
  /// - Parameter convertingSystemTables: Whether it converts system tables that another program made.
  /// - Returns: The command.
  package static func initialiseFromDatabase(convertingSystemTables: Bool = false) -> Self {
    Self(["init", "--from-database"] + (convertingSystemTables ? ["--convert-system-tables"] : []), on: .store)
  }

  /// Returns the command that takes over the history of Alembic environments.
  ///
  /// - Parameters:
  ///   - directory: The environment of the tables of features.
  ///   - systemAlembic: The environment of the system tables.
  ///   - convertingSystemTables: Whether it converts system tables that another program made.
  /// - Returns: The command.
  package static func initialiseFromAlembic(
    _ directory: String, systemAlembic: String? = nil, convertingSystemTables: Bool = false
  ) -> Self {
    Self(
      ["init"] + flag("--from-alembic", directory) + flag("--system-alembic", systemAlembic)
        + (convertingSystemTables ? ["--convert-system-tables"] : []), on: .store)
  }

  /// Returns the command that writes the registry.
  ///
  /// - Parameters:
  ///   - output: The path of the registry, where the configuration has none.
  ///   - imports: The modules that it imports besides those of the configuration.
  /// - Returns: The command.
  package static func generate(to output: String? = nil, importing imports: [String] = []) -> Self {
    Self(["generate"] + (output.map { ["--output", $0] } ?? []) + imports.flatMap { ["--import", $0] }, on: .project)
  }

  package static func listFeatures() -> Self { Self(["list", "features"], on: .project) }

  // MARK: - On a store

  package static func status() -> Self { Self(["status"], on: .store) }
  package static func statusOfRows() -> Self { Self(["status", "--rows"], on: .store) }
  package static func diffGraph() -> Self { Self(["graph", "diff"], on: .store) }

  package static func pushGraph(again: Bool = false) -> Self {
    Self(["graph", "push"] + (again ? ["--again"] : []), on: .store)
  }

  package static func upgradeAllEnvironments() -> Self { Self(["upgrade", "--all-environments"], on: .store) }

  // MARK: - On an environment

  package static func upgrade(to target: String? = nil) -> Self {
    Self(["upgrade"] + (target.map { [$0] } ?? []), on: .environment)
  }

  package static func upgradeAllowingDrift() -> Self { Self(["upgrade", "--allow-drift"], on: .environment) }
  package static func downgrade(to target: String) -> Self { Self(["downgrade", target], on: .environment) }
  /// The command that writes a revision.
  ///
  /// - Parameters:
  ///   - renames: What is renamed, as values of `--rename`.
  ///   - drops: What is dropped although it could be renamed, as values of `--no-rename`.
  ///   - backfills: What existing rows get, as values of `--backfill`.
  ///   - conversions: How values are converted, as values of `--using`.
  ///   - convertsGeneration: Whether tables of the other generation of Metaxy are converted.
  /// - Returns: The command.
  package static func autogenerate(
    renaming renames: [String] = [], dropping drops: [String] = [], backfilling backfills: [String] = [],
    converting conversions: [String] = [], convertingGeneration convertsGeneration: Bool = false
  ) -> Self {
    var words = ["revision", "--autogenerate"]
    if convertsGeneration { words.append("--convert-generation") }
    words += renames.flatMap { flag("--rename", $0) }
    words += drops.flatMap { flag("--no-rename", $0) }
    words += backfills.flatMap { flag("--backfill", $0) }
    words += conversions.flatMap { flag("--using", $0) }
    return Self(words, on: .environment)
  }

  /// The command that writes a revision which converts tables of the other generation of Metaxy.
  package static func convertGeneration() -> Self {
    Self(["revision", "--autogenerate", "--convert-generation"], on: .environment)
  }

  package static func adopt() -> Self { Self(["revision", "--adopt"], on: .environment) }

  package static func autogenerateUnverified() -> Self {
    Self(["revision", "--autogenerate", "--no-verify"], on: .environment)
  }

  /// The command that proves revisions.
  ///
  /// - Parameter target: a revision or a range.
  /// - Returns: the command.
  package static func verify(_ target: String) -> Self { Self(["verify", target], on: .environment) }

  package static func revision() -> Self { Self(["revision"], on: .environment) }
  package static func render(for dialect: String) -> Self { Self(["revision", "--render", dialect], on: .environment) }

  package static func renderUnverified(for dialect: String) -> Self {
    Self(["revision", "--render", dialect, "--no-verify"], on: .environment)
  }

  package static func refold() -> Self { Self(["revision", "--refold"], on: .environment) }
  package static func check() -> Self { Self(["check"], on: .environment) }
  package static func current() -> Self { Self(["current"], on: .environment) }
  package static func heads() -> Self { Self(["heads"], on: .environment) }
  package static func history() -> Self { Self(["history"], on: .environment) }
  package static func merge(_ revisions: [String]) -> Self { Self(["merge"] + revisions, on: .environment) }

  /// The command that puts a branch after another one.
  ///
  /// - Parameters:
  ///   - revision: a revision of the branch that moves.
  ///   - parent: the revision that it will follow.
  /// - Returns: the command.
  package static func rebase(_ revision: String, onto parent: String) -> Self {
    Self(["rebase", revision, "--onto", parent], on: .environment)
  }

  package static func repair() -> Self { Self(["repair"], on: .environment) }

  /// The command that shows what is wrong with a revision, or repairs it.
  ///
  /// - Parameters:
  ///   - revision: the revision.
  ///   - choice: which of its texts counts; nil to show both.
  /// - Returns: the command.
  package static func repair(_ revision: String, _ choice: RepairChoice? = nil) -> Self {
    Self(["repair", revision] + (choice.map { ["--\($0.rawValue)"] } ?? []), on: .environment)
  }

  package static func stamp(_ revisions: String...) -> Self { stamp(revisions) }
  package static func stamp(_ revisions: [String]) -> Self { Self(["stamp"] + revisions, on: .environment) }
  package static func stampPurging() -> Self { Self(["stamp", "--purge", "REVISION"], on: .environment) }

  /// The command that sets the version table to revisions, and gives up a half-applied one.
  ///
  /// - Parameter revisions: the content of the version table afterwards; base if there are none.
  /// - Returns: the command.
  package static func stampPurging(to revisions: Set<String>) -> Self {
    Self(["stamp", "--purge"] + (revisions.isEmpty ? ["base"] : revisions.sorted()), on: .environment)
  }
}

/// Which text of an applied revision counts, where its file and the log differ.
package enum RepairChoice: String, Sendable, Hashable {
  /// The log takes the text of the file.
  case accept
  /// The file takes the text of the log.
  case restore
}
